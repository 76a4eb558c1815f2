import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { BAD, Checkout, GOOD } from "../checkout.ts";
import { fairlead } from "../run-cli.ts";

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => {
  checkout.remove();
});

/** Exit code, number of files, and the rule and file of each finding. */
async function found(...args: readonly string[]): Promise<{ code: number | null; files: unknown; findings: string[] }> {
  const { code, stdout } = await checkout.check("--no-config", "--format", "json", ...args);
  const report: unknown = JSON.parse(stdout);
  const findings = valueAt(report, ["findings"]);
  const described = (Array.isArray(findings) ? findings : []).map(
    (finding) => `${String(valueAt(finding, ["rule"]))} ${String(valueAt(finding, ["file"]))}`,
  );
  return { code, files: valueAt(report, ["summary", "files"]), findings: described };
}

describe("files found in the checkout that lead out of it", () => {
  beforeEach(() => {
    checkout.write("web.yaml", GOOD);
    writeFileSync(join(checkout.parent, "other.yaml"), BAD);
    mkdirSync(join(checkout.parent, "others"));
    writeFileSync(join(checkout.parent, "others/other.yaml"), BAD);
  });

  it.each([
    { name: "a link to /proc", to: "/proc", link: "x", want: { code: 0, files: 1, findings: ["link-outside x"] } },
    {
      name: "a link into /proc",
      to: "/proc/self/fd",
      link: "x",
      want: { code: 0, files: 1, findings: ["link-outside x"] },
    },
    { name: "a link to /sys", to: "/sys", link: "x", want: { code: 0, files: 1, findings: ["link-outside x"] } },
    { name: "a link to /dev", to: "/dev", link: "x", want: { code: 0, files: 1, findings: ["link-outside x"] } },
    {
      name: "a link to a folder elsewhere",
      to: "../others",
      link: "x",
      want: { code: 0, files: 1, findings: ["link-outside x"] },
    },
    { name: "a link to all above", to: "..", link: "x", want: { code: 0, files: 1, findings: ["link-outside x"] } },
    {
      name: "a link to a file elsewhere",
      to: "../other.yaml",
      link: "x.yaml",
      want: { code: 2, files: 2, findings: ["file-unreadable x.yaml"] },
    },
    {
      name: "a link to a file of /proc",
      to: "/proc/self/environ",
      link: "x.yaml",
      want: { code: 2, files: 2, findings: ["file-unreadable x.yaml"] },
    },
    {
      name: "a link to a device",
      to: "/dev/zero",
      link: "x.yaml",
      want: { code: 2, files: 2, findings: ["file-unreadable x.yaml"] },
    },
    {
      name: "a link to a file elsewhere that is no manifest",
      to: "../other.yaml",
      link: "x",
      want: { code: 0, files: 1, findings: [] },
    },
    {
      name: "a link to nowhere",
      to: "nowhere.yaml",
      link: "x.yaml",
      want: { code: 0, files: 1, findings: ["link-dangling x.yaml"] },
    },
    {
      name: "a link to the next file",
      to: "web.yaml",
      link: "x.yaml",
      want: { code: 0, files: 1, findings: [] },
    },
  ])("$name", async ({ to, link, want }) => {
    symlinkSync(to, join(checkout.folder, link));
    expect(await found(".")).toEqual(want);
  });

  it.each(["a file", "a folder"])(
    "%s that vanishes while the walk looks at the link to it is not a crash",
    async (kind) => {
      const gone = join(checkout.parent, "gone");
      if (kind === "a file") writeFileSync(gone, BAD);
      else mkdirSync(gone);
      // What is open is there for `stat`, and has no path any more.
      const open = openSync(gone, "r");
      rmSync(gone, { recursive: true });
      symlinkSync(`/proc/${process.pid}/fd/${open}`, join(checkout.folder, "x.yaml"));
      expect(await found(".")).toEqual({ code: 2, files: 2, findings: ["file-unreadable x.yaml"] });
      closeSync(open);
    },
  );

  it("links between folders of the working folder are followed, those out of another folder are not", async () => {
    checkout.write("a/one.yaml", BAD.replace("web", "one"));
    mkdirSync(join(checkout.folder, "b"));
    symlinkSync("../a/one.yaml", join(checkout.folder, "b/one.yaml"));
    symlinkSync("../checkout/a", join(checkout.parent, "others/a"));
    expect((await found("b")).findings).toEqual(["port-range b/one.yaml", "port-range b/one.yaml"]);
    expect((await found("../others")).findings).toContain("link-outside ../others/a");
  });

  it("pipes and sockets are not opened; a link that is named is followed", async () => {
    execFileSync("mkfifo", [join(checkout.folder, "pipe.yaml")]);
    const server = createServer().listen(join(checkout.folder, "socket.yaml"));
    await new Promise((resolve) => server.once("listening", resolve));
    const { code, findings } = await found(".");
    await new Promise((resolve) => server.close(resolve));
    expect([code, findings]).toEqual([2, ["file-unreadable pipe.yaml", "file-unreadable socket.yaml"]]);
    symlinkSync("../other.yaml", join(checkout.folder, "x.yaml"));
    expect((await found("x.yaml")).findings).toEqual(["port-range x.yaml", "port-range x.yaml"]);
  });
});

/** Has standard input as a shell has it. */
const WITH_PIPE = ["sh", "-c", 'cat | "$@"', "sh"];

it("a patch that a kustomization names is not read from standard input", async () => {
  const service = "{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ port: 8080 }] } }";
  const ingress =
    "{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web }, " +
    "spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } } }";
  checkout.write("web.yaml", `${service}\n---\n${ingress}\n`);
  const args = ["check", "--no-config", "--policy", "consistency", "--format", "json", checkout.folder];
  const rules = async (patch: string): Promise<readonly string[]> => {
    checkout.write("kustomization.yaml", `resources: [web.yaml]\npatchesStrategicMerge: [${patch}]\n`);
    const { stdout } = await fairlead(args, { input: service.replace("8080", "80"), command: WITH_PIPE });
    return [...stdout.matchAll(/"rule":"([^"]*)"/g)].map(([, rule = ""]) => rule);
  };
  expect(await rules(relative(checkout.folder, "/dev/stdin"))).toEqual(["policy/references-resolve"]);
  checkout.write("patch.yaml", service.replace("8080", "80"));
  expect(await rules("patch.yaml")).toEqual([]);
});

describe("git reads local objects only, and runs nothing that the checkout's configuration names", () => {
  it.each([
    { name: "the state before", args: ["--no-config", "--against", "git:main"] },
    { name: "settings", args: ["--config", "git:main"] },
    { name: "policies", args: ["--no-config", "--policy", "git:main:policies"] },
  ])("$name", async ({ args }) => {
    checkout.write("web.yaml", GOOD);
    checkout.write("policies/x.yaml", BAD);
    checkout.write(".fairlead.yaml", "failOn: warning\n");
    checkout.write(".gitattributes", "* filter=evil diff=evil\n");
    checkout.commitAll();
    const run = `touch ${join(checkout.parent, "pwned")};`;
    const settings: readonly (readonly [string, string])[] = [
      ["core.fsmonitor", run],
      ["core.sshCommand", run],
      ["core.pager", run],
      ["core.editor", run],
      ["core.askPass", run],
      ["core.hooksPath", join(checkout.folder, "hooks")],
      ["credential.helper", `!${run}`],
      ["alias.ls-tree", `!${run}`],
      ["alias.cat-file", `!${run}`],
      ["alias.rev-parse", `!${run}`],
      ["filter.evil.smudge", run],
      ["filter.evil.process", run],
      ["diff.evil.textconv", run],
      ["diff.external", run],
      ["protocol.ext.allow", "always"],
      ["protocol.allow", "always"],
      ["remote.origin.url", `ext::sh -c ${run}`],
      ["remote.origin.uploadpack", run],
      ["remote.origin.promisor", "true"],
      ["remote.origin.partialclonefilter", "blob:none"],
      ["extensions.partialClone", "origin"],
      ["core.repositoryFormatVersion", "1"],
    ];
    for (const [key, value] of settings) checkout.git("config", key, value);
    // A partial clone would fetch missing objects.
    for (const blob of [GOOD, BAD, "failOn: warning\n"]) {
      const id = execFileSync("git", ["hash-object", "--stdin"], { input: blob, encoding: "utf8" }).trim();
      execFileSync("rm", ["-f", join(checkout.folder, ".git/objects", id.slice(0, 2), id.slice(2))]);
    }
    const { code, stderr } = await checkout.check(...args, "web.yaml");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/does not hold|git: fatal|git: error/)]);
    expect(readdirSync(checkout.parent)).toEqual(["checkout"]);
    expect(existsSync(join(checkout.folder, "pwned"))).toBe(false);
  });
});
