import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ServingPair } from "#src/sources/credentials.ts";
import { makeSelfSigned } from "#src/webhook/certificates/self-signed.ts";
import { until } from "../harness.ts";
import { type ServeCommand, startServe } from "../serve-command.ts";

const DAY = 86_400_000;
const PORTS = ["--port", "0", "--health-port", "0", "--drain", "0"];

/** Reads a file that was created with OpenSSL. */
function pem(name: string): string {
  return readFileSync(join(import.meta.dirname, "pairs", name), "utf8");
}

function pairOf(name: string): ServingPair {
  return { certificate: pem(`${name}.crt`), key: pem(`${name}.key`) };
}

/** A pair whose certificate is signed by a CA with this hash. */
function signed(hash: "md5" | "sha1" | "sha256"): ServingPair {
  return { certificate: pem(`${hash}-signed.crt`), key: pem("signed.key") };
}

const AUTHORITY = pem("authority.crt");
const DER = Buffer.from(new X509Certificate(AUTHORITY).raw);

/** The contents of the two files. */
interface FileContents {
  readonly certificate: string | Buffer;
  readonly key: string | Buffer;
}

/** How a good pair is broken, and the server's message about it. */
const BROKEN: readonly {
  readonly name: string;
  readonly pair: (good: ServingPair) => FileContents | Promise<FileContents>;
  readonly says: RegExp;
}[] = [
  { name: "a weak key", pair: () => pairOf("weak-rsa"), says: /^OpenSSL refuses .*ee key too small/ },
  {
    name: "a weak key in the chain",
    pair: withChain(pem("weak-rsa.crt")),
    says: /^OpenSSL refuses .*ca key too small/,
  },
  { name: "a signature with SHA-1", pair: () => signed("sha1"), says: /signed with sha1.*must be SHA-256 or better/i },
  { name: "a signature with MD5", pair: () => signed("md5"), says: /signed with md5.*must be SHA-256 or better/i },
  {
    name: "a broken block after a good leaf",
    pair: withChain(AUTHORITY.replace(/\n.{20}/, "\n####################")),
    says: /^OpenSSL refuses .*bad base64 decode/,
  },
  {
    name: "an empty block after a good leaf",
    pair: withChain("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
    says: /^OpenSSL refuses /,
  },
  { name: "a chain half-written", pair: withChain(AUTHORITY.slice(0, 300)), says: /^OpenSSL refuses .*bad end line/ },
  {
    name: "a chain with the authority before the leaf",
    pair: ({ certificate, key }) => ({ certificate: AUTHORITY + certificate, key }),
    says: /^the key does not belong to the certificate$/,
  },
  {
    name: "a certificate half-written",
    pair: ({ certificate, key }) => ({ certificate: certificate.slice(0, 200), key }),
    says: /not valid PEM/,
  },
  {
    name: "a key half-written",
    pair: ({ certificate, key }) => ({ certificate, key: key.slice(0, 80) }),
    says: /not valid PEM/,
  },
  { name: "an empty certificate", pair: ({ key }) => ({ certificate: "", key }), says: /not valid PEM/ },
  { name: "an empty key", pair: ({ certificate }) => ({ certificate, key: "" }), says: /not valid PEM/ },
  {
    name: "an EC certificate with an Ed25519 key",
    pair: ({ certificate }) => ({ certificate, key: pem("ed25519.key") }),
    says: /^the key does not belong to the certificate$/,
  },
  {
    name: "the key of another certificate of its kind",
    pair: async ({ certificate }) => ({ certificate, key: (await makeSelfSigned(new Date())).key }),
    says: /^the key does not belong to the certificate$/,
  },
  {
    name: "an encrypted key",
    pair: () => ({ certificate: pem("sha256-signed.crt"), key: pem("encrypted.key") }),
    says: /or the key is encrypted/,
  },
  {
    name: "a curve that clients do not share",
    pair: () => pairOf("odd-curve"),
    says: /^clients cannot use a key of kind secp256k1: it must be RSA, Ed25519, or EC on P-256, P-384, P-521$/,
  },
  { name: "DER in place of PEM", pair: ({ key }) => ({ certificate: DER, key }), says: /not valid PEM/ },
  {
    name: "a certificate that has expired",
    pair: () => makeSelfSigned(new Date(Date.now() - 500 * DAY)),
    says: /^the certificate expired on /,
  },
  {
    name: "a certificate of the future",
    pair: () => makeSelfSigned(new Date(Date.now() + 500 * DAY)),
    says: /^the certificate is not valid before /,
  },
];

const GOOD: readonly { readonly name: string; readonly pair: (good: ServingPair) => FileContents }[] = [
  { name: "with CRLF", pair: mapTexts((text) => text.replaceAll(/\r?\n/g, "\r\n")) },
  { name: "with a byte order mark", pair: mapTexts((text) => `\uFEFF${text}`) },
  { name: "with words around the blocks", pair: mapTexts((text) => `subject=CN = localhost\n${text}\nthe end\n`) },
  { name: "with its chain in another order", pair: withChain(AUTHORITY + pem("ed25519.crt")) },
  { name: "with a key of the Ed25519 kind", pair: () => pairOf("ed25519") },
  { name: "with an RSA key, signed with SHA-256", pair: () => signed("sha256") },
];

function withChain(chain: string) {
  return ({ certificate, key }: ServingPair): FileContents => ({ certificate: `${certificate.trim()}\n${chain}`, key });
}

function mapTexts(change: (text: string) => string) {
  return ({ certificate, key }: ServingPair): FileContents => ({ certificate: change(certificate), key: change(key) });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-pairs-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write({ certificate, key }: FileContents): string[] {
  const [certificateFile, keyFile] = [join(folder, "tls.crt"), join(folder, "tls.key")];
  writeFileSync(certificateFile, certificate);
  writeFileSync(keyFile, key);
  return ["--tls-cert", certificateFile, "--tls-key", keyFile];
}

/** The fingerprint of the certificate that a new connection gets. */
async function servedFingerprint(port: number): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  try {
    await once(socket, "secureConnect");
    return new X509Certificate(socket.getPeerCertificate().raw).fingerprint256;
  } finally {
    socket.destroy();
  }
}

function fingerprint(certificate: string): string {
  return new X509Certificate(certificate).fingerprint256;
}

describe("a mounted pair that cannot be served", () => {
  let server: ServeCommand;
  let port: number;
  let healthPort: number;
  let good: ServingPair;

  beforeAll(async () => {
    good = await makeSelfSigned(new Date());
    server = startServe([...write(good), ...PORTS]);
    ({ port, healthPort } = await server.ready());
  });

  const problems = (): string[] =>
    server.lines().flatMap(({ msg, problem }) => (msg === "the certificate cannot be used" ? [String(problem)] : []));

  const countReloads = async (result: "success" | "error"): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
    const sample = new RegExp(`^fairlead_reloads_total\\{what="certificate",result="${result}"\\} (\\d+)$`, "m");
    return Number(sample.exec(text)?.[1] ?? 0);
  };

  /** Replaces the files with a new good pair and waits until it is served. */
  async function replaceWithGoodPair(): Promise<void> {
    good = await makeSelfSigned(new Date());
    write(good);
    await until(async () => (await servedFingerprint(port)) === fingerprint(good.certificate), "the new certificate");
  }

  it.each(BROKEN)("$name: the old pair stays in use, and the problem is reported", async ({ pair, says }) => {
    await replaceWithGoodPair();
    const [problemsBefore, reloadsBefore] = [problems().length, await countReloads("error")];
    write(await pair(good));
    await until(
      () =>
        problems()
          .slice(problemsBefore)
          .some((one) => says.test(one)),
      `a problem like ${says.source}`,
    );
    expect(await servedFingerprint(port)).toBe(fingerprint(good.certificate));
    expect(await countReloads("error")).toBeGreaterThan(reloadsBefore);
    expect((await fetch(`http://127.0.0.1:${healthPort}/readyz`)).status).toBe(200);
  });

  it.each(GOOD)("a good pair $name is used", async ({ pair }) => {
    await replaceWithGoodPair();
    const reloadsBefore = await countReloads("success");
    const next = pair(await makeSelfSigned(new Date()));
    write(next);
    await until(
      async () => (await servedFingerprint(port)) === fingerprint(String(next.certificate)),
      "the certificate",
    );
    expect(await countReloads("success")).toBeGreaterThan(reloadsBefore);
  });
});

describe("a server that starts with a pair that cannot be served", () => {
  it.each(
    BROKEN.filter(({ name }) => /^(a weak key|a broken block|a key half|a certificate that has expired)/.test(name)),
  )("$name: is not ready, logs the reason, and is ready once the pair is replaced", async ({ pair, says }) => {
    const good = await makeSelfSigned(new Date());
    const server = startServe([...write(await pair(good)), ...PORTS]);
    const reasons = (): string[] =>
      server.lines().flatMap(({ msg, reasons: text }) => (msg === "not ready" ? String(text).split("; ") : []));
    await until(() => reasons().some((reason) => says.test(reason)), `a reason like ${says.source}`);
    write(good);
    const { port } = await server.ready();
    expect(await servedFingerprint(port)).toBe(fingerprint(good.certificate));
  });
});
