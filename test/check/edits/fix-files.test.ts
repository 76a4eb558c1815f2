import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { replaceFile } from "#src/files/replace-file.ts";
import { killAfterTest } from "#test/cleanup.ts";
import { CLI, fairlead } from "../run-cli.ts";

const MISSPELT =
  "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  type: nodePort # kept\n  ports: [{ port: 80 }]\n";
const RIGHT = MISSPELT.replace("nodePort", "NodePort");
const IS_ROOT = process.getuid?.() === 0;
/** Runs a command as another user than the superuser, who may do everything. */
const NOBODY = IS_ROOT ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

let outside: string;
let folder: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), "fairlead-fix-"));
  folder = join(outside, "tree");
  mkdirSync(folder);
  chmodSync(outside, 0o777);
  chmodSync(folder, 0o777);
});
afterEach(() => {
  rmSync(outside, { recursive: true, force: true });
});

function write(name: string, text = MISSPELT, mode = 0o644): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}

function temporaryFiles(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp"));
}

function fix(paths: readonly string[] = ["."], command: readonly string[] = []) {
  return fairlead(["check", "--no-config", "--fix", ...paths], { cwd: folder, command });
}

describe("--fix leaves a file unchanged, and gives the reason, if it is one", () => {
  it.each<{
    readonly name: string;
    readonly make: () => string;
    readonly say: RegExp;
    /** The path to check, if the walk from the working folder would not find the file. */
    readonly path?: string;
    readonly as?: readonly string[];
  }>([
    {
      name: "with another hard link",
      make: () => {
        linkSync(write("web.yaml"), join(outside, "other.yaml"));
        return join(folder, "web.yaml");
      },
      say: /it has 1 other name \(hard links\), which would keep the old text/,
    },
    {
      name: "that a link out of the tree leads to",
      make: () => {
        const target = join(outside, "target.yaml");
        writeFileSync(target, MISSPELT);
        symlinkSync("../target.yaml", join(folder, "web.yaml"));
        return target;
      },
      path: "web.yaml",
      say: /it is a link to .*target\.yaml, outside of/,
    },
    {
      name: "in a folder that a link out of the tree leads to",
      make: () => {
        mkdirSync(join(outside, "folder"));
        const target = join(outside, "folder", "target.yaml");
        writeFileSync(target, MISSPELT);
        symlinkSync("../folder", join(folder, "sub"));
        return target;
      },
      path: "sub/target.yaml",
      say: /it is a link to .*target\.yaml, outside of/,
    },
    {
      name: "that the user may not write",
      make: () => write("web.yaml", MISSPELT, 0o444),
      as: NOBODY,
      say: /permission is denied/,
    },
    {
      name: "in a folder that the user may not write",
      make: () => {
        const file = write("web.yaml", MISSPELT, 0o666);
        chmodSync(folder, 0o555);
        return file;
      },
      as: NOBODY,
      say: /permission is denied/,
    },
    ...(IS_ROOT
      ? [
          {
            name: "of another owner",
            make: () => write("web.yaml", MISSPELT, 0o666),
            as: NOBODY,
            say: /a new file cannot have its owner; fix it as its owner/,
          },
        ]
      : []),
  ])("$name", async ({ make, say, path = ".", as }) => {
    const file = make();
    const before = statSync(file);
    const { code, stdout, stderr } = await fix([path], as);
    expect([code, stderr, stdout]).toEqual([2, "", expect.stringMatching(/this file cannot be fixed: /)]);
    expect(stdout).toMatch(say);
    // It is judged unchanged.
    expect(stdout).toContain("unsupported-value");
    expect([read(file), statSync(file).ino, temporaryFiles()]).toEqual([MISSPELT, before.ino, []]);
  });
});

describe("--fix replaces a file and keeps everything but its text", () => {
  it.each(["644", "640", "600", "4755", "2750"])("mode %s", async (digits) => {
    const mode = Number.parseInt(digits, 8);
    const file = write("web.yaml", MISSPELT, mode);
    expect((await fix()).code).toBe(0);
    expect([read(file), statSync(file).mode & 0o7777, temporaryFiles()]).toEqual([RIGHT, mode, []]);
  });

  it("owner and group", async () => {
    if (!IS_ROOT) return;
    const file = write("web.yaml", MISSPELT, 0o4640);
    chownSync(file, 1234, 4321);
    chmodSync(file, 0o4640);
    expect((await fix()).code).toBe(0);
    const { uid, gid, mode } = statSync(file);
    expect([read(file), uid, gid, mode & 0o7777]).toEqual([RIGHT, 1234, 4321, 0o4640]);
  });

  it("a link within the tree stays a link, and its target is fixed", async () => {
    const file = write("web.yaml");
    mkdirSync(join(folder, "sub"));
    symlinkSync("../web.yaml", join(folder, "sub", "link.yaml"));
    expect((await fix(["sub", "web.yaml"])).code).toBe(2);
    expect((await fix(["sub/link.yaml"])).code).toBe(0);
    expect([read(file), lstatSync(join(folder, "sub", "link.yaml")).isSymbolicLink()]).toEqual([RIGHT, true]);
  });
});

describe("a file that changes while it is being fixed", () => {
  it("is left unchanged", () => {
    const file = write("web.yaml", `${MISSPELT}# a line more\n`);
    expect(replaceFile(file, Buffer.from(MISSPELT), Buffer.from(RIGHT))).toMatch(/somebody else has changed it/);
    expect([read(file), temporaryFiles()]).toEqual([`${MISSPELT}# a line more\n`, []]);
  });

  /** A module to load before the command: runs `deed` once, at the given moment. */
  function intruder(moment: string, deed: string): string {
    const file = join(outside, "intruder.mjs");
    writeFileSync(
      file,
      `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
       const { openSync, fsyncSync, renameSync, appendFileSync, writeFileSync } = fs;
       let isDone = false;
       const intrude = () => { if (!isDone) { isDone = true; ${deed} } };
       ${moment}
       syncBuiltinESMExports();`,
    );
    return file;
  }

  const MOMENTS = [
    {
      moment: "once it is read",
      code: `fs.openSync = (path, flags, ...rest) => { if (flags === "wx") intrude(); return openSync(path, flags, ...rest); };`,
    },
    {
      moment: "once the new text is written",
      code: `fs.fsyncSync = (file) => { intrude(); return fsyncSync(file); };`,
    },
    {
      moment: "after it was compared, before it is renamed",
      code: `fs.renameSync = (from, to) => { intrude(); return renameSync(from, to); };`,
    },
  ];

  it.each(MOMENTS)("keeps a line that another program adds $moment", async ({ code }) => {
    const file = write("web.yaml");
    const preload = intruder(code, 'appendFileSync("web.yaml", "# a line more\\n");');
    const ran = await fairlead(["check", "--no-config", "--fix", "."], {
      cwd: folder,
      command: ["env", `NODE_OPTIONS=--import=${preload}`],
    });
    expect([ran.code, ran.stdout]).toEqual([2, expect.stringContaining("somebody else has changed it meanwhile")]);
    expect([read(file), statSync(file).mode & 0o7777, temporaryFiles()]).toEqual([
      `${MISSPELT}# a line more\n`,
      0o644,
      [],
    ]);
  });

  it.each(MOMENTS.slice(0, 2))("is not replaced if another program has replaced it $moment", async ({ code }) => {
    const file = write("web.yaml");
    const preload = intruder(code, 'writeFileSync("other", "a: 1\\n"); renameSync("other", "web.yaml");');
    const ran = await fairlead(["check", "--no-config", "--fix", "."], {
      cwd: folder,
      command: ["env", `NODE_OPTIONS=--import=${preload}`],
    });
    expect([ran.code, read(file), temporaryFiles()]).toEqual([2, "a: 1\n", []]);
  });
});

describe("a full disk", () => {
  it("leaves every file complete if the limit on file size is exceeded", () => {
    const large = `${MISSPELT}${"# a comment of some length\n".repeat(2000)}`;
    const file = write("web.yaml", large);
    const script = `ulimit -f 8; "${process.execPath}" "${CLI}" check --no-config --fix web.yaml >said 2>&1; echo "code $?" >>said`;
    execFileSync("bash", ["-c", script], { cwd: folder });
    const said = read(join(folder, "said"));
    expect(said).toMatch(/this file cannot be fixed: [^]*code 2\n$/);
    expect([read(file) === large, temporaryFiles()]).toEqual([true, []]);
  });

  const small = mountSmall();
  (small === undefined ? it.skip : it)("leaves every file complete (needs permission to mount)", async () => {
    if (small === undefined) return;
    try {
      const filler = "# a comment of some length\n".repeat(3000);
      writeFileSync(join(small, "a.yaml"), `${MISSPELT}${filler}`);
      writeFileSync(join(small, "b.yaml"), `${MISSPELT.replace("web", "b")}${filler}`);
      const { code, stdout, stderr } = await fix([small]);
      expect([code, stderr]).toEqual([2, ""]);
      expect(stdout).toContain("this file cannot be fixed: no space is left on the device");
      const texts = ["a.yaml", "b.yaml"].map((name) => read(join(small, name)));
      expect(texts.map((text) => text.endsWith(filler) && text.includes("nodePort"))).toEqual([true, true]);
      expect(readdirSync(small)).toEqual(["a.yaml", "b.yaml"]);
      const again = await fairlead(["check", "--no-config", "--format", `json=${join(small, "r.json")}`, small]);
      expect([again.code, again.stderr.includes("r.json")]).toEqual([1, false]);
    } finally {
      execFileSync("umount", [small]);
      rmSync(small, { recursive: true });
    }
  });
});

/** Mounts a file system of 192 KiB; undefined if this user may not mount one. */
function mountSmall(): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), "fairlead-small-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=192k", "none", directory], { stdio: "ignore" });
    return directory;
  } catch {
    rmSync(directory, { recursive: true });
    return undefined;
  }
}

describe("a run that is ended while it writes", () => {
  const FILES = 1000;
  /** The output about so many files is more than a pipe holds: a run whose output nobody reads blocks. */
  const nameOf = (number: number): string => join(folder, `${"long".repeat(50)}-${number}.yaml`);
  const textOf = (number: number): string => MISSPELT.replace("web", `w${number}`);

  /** Starts a run that fixes many files, and calls `end` at its first fix. @returns the signal that ended it, and the state of the files */
  async function ended(end: (child: ChildProcessByStdio<null, null, Readable>) => void) {
    for (let number = 0; number < FILES; number++) writeFileSync(nameOf(number), textOf(number));
    const child = killAfterTest(
      spawn(process.execPath, [CLI, "check", "--no-config", "--fix", "--format", "json=report.json", "."], {
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
      }),
    );
    const closed = new Promise<NodeJS.Signals | null>((resolve) => {
      child.on("close", (_code, by) => {
        resolve(by);
      });
    });
    child.stderr.once("data", () => {
      end(child);
    });
    const by = await closed;
    const texts = Array.from({ length: FILES }, (_, number) => read(nameOf(number)));
    const broken = texts.filter(
      (text, number) => text !== textOf(number) && text !== textOf(number).replace("nodePort", "NodePort"),
    );
    return { by, broken, fixed: texts.filter((text) => text.includes("NodePort")).length };
  }

  it("by SIGKILL at any moment: each file has either its old or its new text", async () => {
    write("report.json", "the report before");
    for (let round = 0; round < 10; round++) {
      const { broken } = await ended((child) => {
        child.stderr.resume();
        setTimeout(() => child.kill("SIGKILL"), Math.random() * 200);
      });
      const report = read(join(folder, "report.json"));
      expect([broken, report === "the report before" || report.endsWith("}\n")]).toEqual([[], true]);
    }
  }, 240_000);

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("by %s: no temporary files are left behind", async (signal) => {
    write("report.json", "the report before");
    const { by, broken, fixed } = await ended((child) => {
      child.stderr.pause();
      child.kill(signal);
      setTimeout(() => child.stderr.resume(), 200);
    });
    expect([by, broken, temporaryFiles()]).toEqual([signal, [], []]);
    expect([fixed < FILES, read(join(folder, "report.json"))]).toEqual([true, "the report before"]);
  });
});

describe("an output file", () => {
  it("keeps its mode, and appears when it is complete", async () => {
    write("web.yaml", RIGHT);
    write("report.json", "before", 0o640);
    symlinkSync("report.json", join(folder, "link.json"));
    await fairlead(["check", "--no-config", "--format", "json=link.json", "--format", "junit=new/a.xml", "web.yaml"], {
      cwd: folder,
    });
    expect([read(join(folder, "report.json")).endsWith("}\n"), read(join(folder, "new", "a.xml"))]).toEqual([
      true,
      expect.stringContaining("</testsuites>"),
    ]);
    expect(statSync(join(folder, "report.json")).mode & 0o777).toBe(0o640);
    expect([lstatSync(join(folder, "link.json")).isSymbolicLink(), temporaryFiles()]).toEqual([true, []]);
  });

  it("stays unchanged if the run cannot start", async () => {
    write("report.json", "before");
    const args = ["check", "--no-config", "--format", "json=report.json", "--policy", "nothing.yaml", "."];
    const { code } = await fairlead(args, { cwd: folder });
    expect([code, read(join(folder, "report.json")), temporaryFiles()]).toEqual([2, "before", []]);
  });

  it("is written in place if it has another hard link or is standard output", () => {
    write("web.yaml", RIGHT);
    const report = write("report.json", "before");
    linkSync(report, join(folder, "other.json"));
    const script = `echo first >out; "${process.execPath}" "${CLI}" check --no-config --format json=report.json --format github=/dev/stdout web.yaml | cat >>out`;
    execFileSync("bash", ["-c", script], { cwd: folder });
    expect([read(join(folder, "other.json")).endsWith("}\n"), read(join(folder, "out"))]).toEqual([
      true,
      expect.stringMatching(/^first\nfairlead: no findings/),
    ]);
  });
});
