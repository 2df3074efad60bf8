package dev.ssofilter.benchmark.host;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;

/**
 * A contender's process. It is told what to do on standard input, a line each, and answers with a line on standard
 * output; it ends with the input.
 */
public final class Host {
    private final Contender contender;
    private final Allocation allocation = new Allocation();
    private Container container;
    private InProcess inProcess;

    private Host(Contender contender) {
        this.contender = contender;
    }

    public static void main(String[] arguments) throws Exception {
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // whatever a library prints
        var host = new Host(
                (Contender) Class.forName(arguments[0]).getDeclaredConstructor().newInstance());
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(host.answer(line.split(" ", -1)).replaceAll("\\R", " "));
        }
        System.exit(0);
    }

    private String answer(String[] command) {
        try {
            return switch (command[0]) {
                case "start" -> start(command[1], Boolean.parseBoolean(command[2]));
                case "counters" -> "ok " + allocation.bytes() + " " + container.requests() + " " + container.sessions();
                case "in-process" -> inProcess(command[1], Integer.parseInt(command[2]), command[3]);
                case "heap" -> "ok " + heap();
                case "serialized" -> "ok " + serialized(command[1]);
                default -> "failed unknown command " + command[0];
            };
        } catch (Exception | LinkageError refused) {
            refused.printStackTrace();
            return "failed " + refused;
        }
    }

    private String start(String issuer, boolean keepTokens) throws Exception {
        container = Container.start(contender, issuer, keepTokens);
        return "ok " + container.port();
    }

    private String inProcess(String request, int count, String expected) {
        if (inProcess == null) {
            inProcess = new InProcess(container.local());
        }
        var text = new String(Base64.getDecoder().decode(request), StandardCharsets.ISO_8859_1);
        var before = allocation.bytes();
        inProcess.send(text, count, expected);
        return "ok " + (allocation.bytes() - before);
    }

    private static long heap() throws InterruptedException {
        var runtime = Runtime.getRuntime();
        // What references of every kind held is gone after the second.
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** The attributes of one session, as one object in a stream. */
    private String serialized(String id) throws IOException {
        var session = container.application().getSessionHandler().getManagedSession(id);
        var attributes = new TreeMap<String, Object>();
        for (var name : session.getAttributeNameSet()) {
            attributes.put(name, session.getAttribute(name));
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(attributes);
        } catch (NotSerializableException never) {
            return "-1";
        }
        return Integer.toString(bytes.size());
    }
}
