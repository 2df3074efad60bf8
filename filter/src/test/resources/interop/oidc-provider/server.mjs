// OpenID Providers for tests, made by the certified npm package oidc-provider: each line on stdin is a command in JSON,
// each line on stdout its answer. It ends with whoever holds its stdin, so it outlives no test run.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

console.info = console.error; // The package announces itself on stdout, which is ours.
const { default: Provider } = await import('oidc-provider');

const DOCUMENT = '/.well-known/openid-configuration';
const OTHER_ISSUER = 'http://127.0.0.1/another';
const KEY_TYPES = {
  RS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519'],
  Ed25519: ['ed25519'],
};
const USERS = {
  ana: {
    sub: 'ana',
    preferred_username: 'ana',
    given_name: 'Ana',
    family_name: "Müller-O'Neil",
    email: 'ana@example.org',
    email_verified: true,
    groups: ['editors', 'r&d <i>x, y'],
  },
};

class OpenIdProvider {
  #server = createServer((request, response) => this.#answer(request, response));
  #sockets = new Set();
  #counts = new Map();
  #silent = new Set();
  #port = 0;
  #users = structuredClone(USERS);

  constructor() {
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async up() {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = this.#server.address().port;
    return { issuer: this.#issuer() };
  }

  async down() {
    if (!this.#server.listening) return {};
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#sockets.forEach((socket) => socket.destroy());
    await closed;
    return {};
  }

  // The switches: alg of the ID token, how the client authenticates, what becomes of the parameter iss, and how long an
  // access token lives: where that is said, one-time refresh tokens come with it.
  serve(switches) {
    this.switches = switches;
    return this.rotate();
  }

  // New keys, the old ones forgotten; sessions of users live on.
  rotate() {
    const { alg, iss } = this.switches;
    const provider = new Provider(this.#issuer(), this.#configuration(alg));
    provider.use(async (context, next) => {
      await next();
      if (iss === 'off' && context.path === DOCUMENT) {
        delete context.body.authorization_response_iss_parameter_supported;
      }
    });
    provider.on('authorization.success', (context, response) => {
      if (iss === 'wrong') response.iss = OTHER_ISSUER;
      if (iss === 'off' || iss === 'missing') delete response.iss;
    });
    provider.on('server_error', (context, error) => console.error(error));
    this.callback = provider.callback();
    return {};
  }

  // The users are in this group alone from now on.
  group({ group }) {
    for (const user of Object.values(this.#users)) user.groups = [group];
    return {};
  }

  // Requests for this path get no answer.
  silence({ path }) {
    this.#silent.add(path);
    return {};
  }

  count({ path }) {
    return { count: this.#counts.get(path) ?? 0 };
  }

  #issuer() {
    return `http://127.0.0.1:${this.#port}`;
  }

  #configuration(alg) {
    const { client_id, client_secret, authentication, redirect_uri, post_logout_redirect_uri } = this.switches;
    const seconds = Number(this.switches.access_token_seconds);
    const key = generateKeyPairSync(...KEY_TYPES[alg]).privateKey.export({ format: 'jwk' });
    return {
      clients: [{
        client_id,
        ...(authentication !== 'none' && { client_secret }),
        token_endpoint_auth_method: authentication,
        id_token_signed_response_alg: alg,
        ...(seconds && { grant_types: ['authorization_code', 'refresh_token'] }),
        redirect_uris: [redirect_uri],
        post_logout_redirect_uris: [post_logout_redirect_uri],
      }],
      jwks: { keys: [{ ...key, alg, use: 'sig', kid: randomUUID() }] },
      cookies: { keys: ['for tests alone'] },
      claims: {
        email: ['email', 'email_verified'],
        profile: ['preferred_username', 'given_name', 'family_name', 'groups'],
      },
      findAccount: (context, id) => this.#users[id] && { accountId: id, claims: () => this.#users[id] },
      pkce: { required: () => true },
      features: { revocation: { enabled: true } },
      ...(seconds && {
        issueRefreshToken: () => true,
        rotateRefreshToken: true,
        ttl: { AccessToken: seconds },
      }),
    };
  }

  #answer(request, response) {
    const { pathname } = new URL(request.url, this.#issuer());
    this.#counts.set(pathname, (this.#counts.get(pathname) ?? 0) + 1);
    if (!this.#silent.has(pathname)) this.callback(request, response);
  }
}

const providers = new Map();

async function obey({ command, name, ...parameters }) {
  if (!providers.has(name)) providers.set(name, new OpenIdProvider());
  return providers.get(name)[command](parameters);
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await obey(JSON.parse(line))));
}
process.exit();
