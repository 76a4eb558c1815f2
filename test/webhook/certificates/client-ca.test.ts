import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { checkedReply } from "#test/admission/response-schema.ts";
import { startTestServer, type TestServer } from "../harness.ts";
import { reviewOf } from "../large-reviews.ts";

interface Client {
  readonly cert: string;
  readonly key: string;
}

let folder: string;
let server: TestServer;
let trusted: Client;
let untrusted: Client;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-client-ca-"));
  [trusted, untrusted] = await Promise.all([makeClient("kube-apiserver"), makeClient("kube-apiserver")]);
  const file = join(folder, "ca.crt");
  writeFileSync(file, trusted.cert);
  server = await startTestServer({ config: { tls: { clientCA: file } } });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Creates a self-signed client certificate. */
async function makeClient(commonName: string): Promise<Client> {
  const { cert, private: key } = await generate([{ name: "commonName", value: commonName }], { keyType: "ec" });
  return { cert, key };
}

describe("with --client-ca", () => {
  it.each([
    { name: "a certificate of that CA", certificate: () => trusted, status: 200 },
    { name: "one of another under the same name", certificate: () => untrusted, status: 401 },
    { name: "none", certificate: () => ({}), status: 401 },
  ])("a review of a client with $name: $status", async ({ certificate, status }) => {
    const reply = await server.post("/validate", reviewOf("1"), {
      agent: false,
      ca: server.ca,
      servername: "localhost",
      ...certificate(),
    });
    expect(reply.status).toBe(status);
    const { allowed, status: details } = checkedReply(JSON.parse(reply.text));
    expect([allowed, details?.reason]).toEqual([status === 200, status === 200 ? undefined : "Unauthorized"]);
  });

  it("probes need no certificate", async () => {
    expect((await server.get("/healthz")).status).toBe(200);
    const probe = { method: "GET", agent: false, ca: server.ca, servername: "localhost" } as const;
    expect((await server.post("/readyz", undefined, probe)).status).toBe(200);
  });

  it.each([
    { name: "there is not", file: "/nowhere/ca.crt", text: undefined },
    { name: "holds no certificate", file: undefined, text: "hello" },
  ])("a file that $name ends the start, with its name", async ({ file, text }) => {
    const clientCA = file ?? join(folder, "wrong.crt");
    if (text !== undefined) writeFileSync(clientCA, text);
    await expect(startTestServer({ config: { tls: { clientCA } } })).rejects.toThrow(clientCA);
  });
});
