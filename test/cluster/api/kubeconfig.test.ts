import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fairlead } from "#test/check/run-cli.ts";

const CONTEXT = { name: "x", context: { cluster: "c", user: "u" } };
const NO_PEM = Buffer.from("no PEM").toString("base64");

function kubeconfig({
  cluster = {},
  user = {},
  rest = {},
}: {
  cluster?: object;
  user?: object;
  rest?: object;
}): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:9", ...cluster } }],
    users: [{ name: "u", user }],
    contexts: [CONTEXT],
    "current-context": "x",
    ...rest,
  });
}

const CASES: readonly { readonly name: string; readonly text?: string; readonly says: RegExp }[] = [
  { name: "no-such-file", says: /there is no such file$/m },
  { name: "folder", says: /is a folder: a file was expected$/m },
  { name: "empty", text: "", says: /names no cluster: it is empty$/m },
  { name: "only-a-comment", text: "# nothing\n", says: /names no cluster: it is empty/ },
  { name: "not-yaml", text: "a: [b\n", says: /is not valid YAML: / },
  { name: "a-text", text: "just text", says: /names no cluster|cannot be used/ },
  { name: "a-list", text: "[1]", says: /names no cluster|cannot be used/ },
  {
    name: "without-clusters",
    text: "apiVersion: v1\nkind: Config\n",
    says: /names no cluster: it is empty, or has no contexts$/m,
  },
  { name: "clusters-text", text: kubeconfig({ rest: { clusters: "yes" } }), says: /has no cluster "c"|cannot be used/ },
  { name: "contexts-text", text: kubeconfig({ rest: { contexts: "yes" } }), says: /names no cluster|cannot be used/ },
  {
    name: "no-current-context",
    text: kubeconfig({ rest: { "current-context": "" } }),
    says: /has no current-context; it has the contexts x$/m,
  },
  {
    name: "no-such-context",
    text: kubeconfig({ rest: { "current-context": "y" } }),
    says: /has no context "y", which is its current-context; it has x$/m,
  },
  {
    name: "no-such-cluster",
    text: kubeconfig({ rest: { clusters: [] } }),
    says: /has no cluster "c", which the context "x" names$/m,
  },
  {
    name: "no-such-user",
    text: kubeconfig({ rest: { users: [] } }),
    says: /has no user "u", whom the context "x" names$/m,
  },
  {
    name: "no-server",
    text: kubeconfig({ cluster: { server: undefined } }),
    says: /clusters\[0\]\.cluster\.server is missing$/m,
  },
  {
    name: "odd-server",
    text: kubeconfig({ cluster: { server: "no url" } }),
    says: /server must be a URL such as .*, found "no url"$/m,
  },
  {
    name: "ca-no-pem",
    text: kubeconfig({ cluster: { "certificate-authority-data": NO_PEM } }),
    says: /: clusters: c: certificate-authority-data holds no certificate in PEM, in base64$/m,
  },
  {
    name: "ca-missing",
    text: kubeconfig({ cluster: { "certificate-authority": "/no/such/ca" } }),
    says: /certificate-authority \/no\/such\/ca: there is no such file$/m,
  },
  {
    name: "cert-no-pem",
    text: kubeconfig({ user: { "client-certificate-data": NO_PEM, "client-key-data": NO_PEM } }),
    says: /: users: u: client-certificate-data holds no certificate in PEM/,
  },
  {
    name: "key-no-pem",
    text: kubeconfig({ user: { "client-key-data": NO_PEM } }),
    says: /client-key-data holds no private key in PEM/,
  },
  {
    name: "token-missing",
    text: kubeconfig({ user: { tokenFile: "token" } }),
    says: /tokenFile \/.*\/token: there is no such file$/m,
  },
];

/** The flags that need a cluster. */
const MODES = {
  "its policies": ["--cluster-policies", "watch"],
  "its profile": ["--discover", "version"],
  "its Secret": ["--certificates", "self"],
} as const;

describe("a kubeconfig that cannot be used ends the server with a reason, and with 2", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "fairlead-kubeconfig-"));
    await mkdir(join(folder, "folder"));
    for (const { name, text } of CASES) if (text !== undefined) await writeFile(join(folder, name), text);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const cases = CASES.flatMap((one, index) =>
    Object.entries(MODES)
      .filter((_, mode) => index < 3 || mode === index % 3)
      .map(([mode, flags]) => ({ mode, flags, ...one })),
  );
  it.each(cases)("$name, asked for $mode", async ({ flags, name, says }) => {
    const args = ["serve", "--port", "0", "--health-port", "0", "--kubeconfig", join(folder, name), ...flags];
    const { code, stdout, stderr } = await fairlead(args);
    const output = stdout + stderr;
    expect(output).toMatch(says);
    expect(output).toContain(`fairlead serve: the kubeconfig ${join(folder, name)}`);
    expect(output).not.toMatch(/bug in fairlead|^ {4}at /m);
    expect(code).toBe(2);
  });
});
