import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { checkedReply } from "#test/admission/response-schema.ts";
import { fairlead } from "#test/check/run-cli.ts";
import { eventually } from "#test/e2e/process.ts";
import { type Server, startServer } from "#test/e2e/server.ts";
import { readReviewFile } from "#test/reviews/reviews.ts";
import { send } from "#test/webhook/harness.ts";

const { review } = readReviewFile("create-main-kubectl-client-side-apply-shop-validating.json");

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-reload-"));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true });
});

/** A policy whose message identifies it. */
function policyWithMessage(message: string, name = "policy"): string {
  return [
    "apiVersion: fairlead.dev/v1alpha1",
    "kind: ServicePolicy",
    `metadata: { name: ${name} }`,
    "spec:",
    `  rules: [{ rule: allowed-types, action: warn, message: ${message}, parameters: { types: [ExternalName] } }]`,
    "",
  ].join("\n");
}

/** The warnings of the policies in force for a Service. */
async function warnings({ port, ca }: Server): Promise<readonly string[]> {
  const agent = new Agent({ ca, servername: "localhost" });
  const headers = { "Content-Type": "application/json" };
  const options = { host: "127.0.0.1", port, path: "/validate", method: "POST", agent, headers };
  const { text } = await send(httpsRequest, review, options);
  agent.destroy();
  const { warnings = [] } = checkedReply(JSON.parse(text));
  return warnings.map((warning) => /^spec\.type: (.*?);/.exec(warning)?.[1] ?? warning);
}

async function start(policies: string): Promise<Server> {
  server = await startServer({ policies: [policies] });
  return server;
}

/** Waits for this many log lines about reloads; returns the last one. */
function nextReload(running: Server, count: number): Promise<JsonObject> {
  return eventually(`${count} reloads`, () => {
    const lines = running.log().filter(({ msg }) => typeof msg === "string" && /^the (changed )?policies/.test(msg));
    return lines.length >= count ? lines.at(count - 1) : undefined;
  });
}

describe("policies of files are followed", () => {
  const path = (...names: string[]): string => join(folder, ...names);

  it.each([
    {
      name: "a file that is written in place",
      change: () => {
        writeFileSync(path("a.yaml"), policyWithMessage("second"));
      },
    },
    {
      name: "a file that another one takes the place of",
      change: () => {
        writeFileSync(path("new"), policyWithMessage("second"));
        renameSync(path("new"), path("a.yaml"));
      },
    },
  ])("$name", async ({ change }) => {
    writeFileSync(path("a.yaml"), policyWithMessage("first"));
    const running = await start(path("a.yaml"));
    expect(await warnings(running)).toEqual(["first"]);
    change();
    expect(await nextReload(running, 1)).toMatchObject({ level: "info", msg: "the policies changed", policies: 1 });
    expect(await warnings(running)).toEqual(["second"]);
  });

  it("files that come to a folder, and go", async () => {
    writeFileSync(path("a.yaml"), policyWithMessage("first", "a"));
    const running = await start(folder);
    writeFileSync(path("b.yaml"), policyWithMessage("second", "b"));
    expect(await nextReload(running, 1)).toMatchObject({ policies: 2 });
    expect(await warnings(running)).toEqual(["first", "second"]);
    rmSync(path("a.yaml"));
    expect(await nextReload(running, 2)).toMatchObject({ policies: 1 });
    expect(await warnings(running)).toEqual(["second"]);
  });

  it.each([{ given: "the folder" }, { given: "a file of it" }])("a mounted ConfigMap, by $given", async ({ given }) => {
    const version = (number: number): void => {
      mkdirSync(path("mount", `..v${number}`), { recursive: true });
      writeFileSync(path("mount", `..v${number}`, "a.yaml"), policyWithMessage(`version-${number}`));
      symlinkSync(`..v${number}`, path("mount", "..data_tmp"));
      renameSync(path("mount", "..data_tmp"), path("mount", "..data"));
    };
    version(1);
    symlinkSync(join("..data", "a.yaml"), path("mount", "a.yaml"));
    const running = await start(given === "the folder" ? path("mount") : path("mount", "a.yaml"));
    expect(await warnings(running)).toEqual(["version-1"]);
    version(2);
    rmSync(path("mount", "..v1"), { recursive: true });
    expect(await nextReload(running, 1)).toMatchObject({ msg: "the policies changed", policies: 1 });
    expect(await warnings(running)).toEqual(["version-2"]);
  });

  it("what is broken is said and not used; what is mended is", async () => {
    writeFileSync(path("a.yaml"), policyWithMessage("first", "a"));
    writeFileSync(path("b.yaml"), policyWithMessage("first", "b"));
    const running = await start(folder);
    writeFileSync(path("b.yaml"), policyWithMessage("second", "b").replace("action", "acton"));
    expect(await nextReload(running, 1)).toMatchObject({
      level: "error",
      msg: "the changed policies cannot be used; the old ones stay in use",
      problems: [
        expect.stringContaining(`${path("b.yaml")}:5:34: spec.rules[0].acton: is not known; did you mean "action"?`),
      ],
    });
    expect(await warnings(running)).toEqual(["first", "first"]);
    writeFileSync(path("b.yaml"), policyWithMessage("second", "b"));
    expect(await nextReload(running, 2)).toMatchObject({ level: "info", policies: 2 });
    expect(await warnings(running)).toEqual(["first", "second"]);
    const options = { host: "127.0.0.1", port: running.healthPort, path: "/metrics", agent: false };
    const metrics = await send(httpRequest, undefined, options);
    expect(metrics.text).toContain('fairlead_reloads_total{what="policies",result="error"} 1');
    expect(metrics.text).toContain('fairlead_reloads_total{what="policies",result="success"} 1');
  });

  it("what is gone stays in use", async () => {
    writeFileSync(path("a.yaml"), policyWithMessage("first"));
    const running = await start(path("a.yaml"));
    rmSync(path("a.yaml"));
    expect(await nextReload(running, 1)).toMatchObject({
      problems: [expect.stringContaining("there is no such file")],
    });
    expect(await warnings(running)).toEqual(["first"]);
  });

  it("a server does not start with policies that cannot be used", async () => {
    writeFileSync(path("a.yaml"), policyWithMessage("first").replace("allowed-types", "allowed-type"));
    const { code, stderr } = await fairlead(["serve", "--policy", path("a.yaml"), "--port", "0", "--health-port", "0"]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `${path("a.yaml")}:5:13: spec.rules[0].rule: there is no rule "allowed-type"; did you mean "allowed-types"?`,
    );
  });
});
