package dev.ssofilter.benchmark;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The provider's process: its work is nobody's cost. A command a line, as {@code Host} takes them. */
final class PoolMain {
    private PoolMain() {}

    public static void main(String[] arguments) throws Exception {
        var provider = new Pool(Integer.parseInt(arguments[0]));
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(("ok " + answer(provider, line.split(" "))).strip());
        }
        System.exit(0);
    }

    private static String answer(Pool provider, String[] command) {
        switch (command[0]) {
            case "issuer" -> {
                return provider.issuer();
            }
            case "calls" -> {
                return provider.calls().toString();
            }
            case "rotate" -> provider.rotate();
            case "bend" -> provider.bend(SignedTokens.Bend.valueOf(command[1]));
            case "lifetime" -> provider.lifetime(Integer.parseInt(command[1]));
            default -> throw new IllegalArgumentException(command[0]);
        }
        return "";
    }
}
