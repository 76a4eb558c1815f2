import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { bundleExtension } from "#scripts/vscode-bundle.ts";
import { valueAt } from "#src/field/json.ts";
import { serverProgram } from "../../editors/vscode/src/server-program.ts";
import { PATIENCE } from "#test/patience.ts";
import { ROOT } from "../paths.ts";

const manifest: unknown = JSON.parse(readFileSync(join(ROOT, "editors/vscode/package.json"), "utf8"));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-vscode-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the extension for VS Code", () => {
  it("gets over a wrong path, shows what its server finds, tells it of settings, and ends it", async () => {
    const notices = await bundleExtension(join(folder, "dist", "extension.cjs"));
    expect(notices).toContain("vscode-languageclient 11.");
    writeFileSync(
      join(folder, "service.yaml"),
      "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: 70000\n",
    );
    const args = ["test/vscode/host.ts", folder, folder, join(ROOT, "dist/cli.js")];
    const said: unknown = JSON.parse(
      execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", timeout: PATIENCE }),
    );
    expect(said).toEqual({
      commands: expect.arrayContaining(["fairlead.restart", "fairlead.showAsStored", "fairlead.fixAll"]),
      atFirst: expect.arrayContaining([expect.stringContaining("couldn't create connection to server")]),
      complaints: [],
      asOpened: expect.arrayContaining([expect.stringContaining("port is 70000; a port number is 1 to 65535")]),
      switchedOff: [],
    });
  });

  it("has the version of Fairlead", () => {
    const own: unknown = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(valueAt(manifest, ["version"])).toBe(valueAt(own, ["version"]));
  });

  it("takes no program from the settings of a workspace that is not trusted", () => {
    expect(valueAt(manifest, ["capabilities", "untrustedWorkspaces"])).toMatchObject({
      supported: "limited",
      restrictedConfigurations: ["fairlead.path"],
    });
    expect(valueAt(manifest, ["capabilities", "virtualWorkspaces", "supported"])).toBe(false);
  });
});

describe("the server that the extension runs", () => {
  const EXTENSION = "/extensions/fairlead";
  const BUNDLED = `${EXTENSION}/server/dist/cli.js`;
  let workspace = "";
  let installed = "";
  beforeAll(() => {
    workspace = join(folder, "workspace");
    installed = join(workspace, "node_modules/fairlead/dist/cli.js");
    mkdirSync(join(installed, ".."), { recursive: true });
    writeFileSync(installed, "");
  });

  it.each([
    { name: "its own, where the workspace has none", given: {}, want: (): string => BUNDLED },
    { name: "that of the workspace", given: { inWorkspace: true }, want: (): string => installed },
    {
      name: "not that of an untrusted one",
      given: { inWorkspace: true, isTrusted: false },
      want: (): string => BUNDLED,
    },
    { name: "the named script", given: { inWorkspace: true, path: "/x/cli.js" }, want: (): string => "/x/cli.js" },
    {
      name: "a script named from the workspace",
      given: { inWorkspace: true, path: "tools/f.js" },
      want: (): string => join(workspace, "tools/f.js"),
    },
  ])("is $name", ({ given: { inWorkspace = false, isTrusted = true, path = "" }, want }) => {
    const folders = inWorkspace ? [workspace] : [];
    const { command, args, options } = serverProgram({ path, isTrusted, folders, extension: EXTENSION });
    expect([command, args, options.env["ELECTRON_RUN_AS_NODE"]]).toEqual([process.execPath, [want(), "lsp"], "1"]);
  });

  it("may be a program of PATH", () => {
    const surroundings = { path: "fairlead", isTrusted: true, folders: [], extension: EXTENSION };
    expect(serverProgram(surroundings)).toMatchObject({ command: "fairlead", args: ["lsp"] });
  });
});
