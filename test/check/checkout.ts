import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fairlead, type Ran } from "./run-cli.ts";

export const GOOD = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n";
export const BAD = GOOD.replace("80", "0");
/** What the set `baseline` denies. */
export const EXTERNAL = GOOD.replace("spec: {", "spec: { selector: { app: web }, externalIPs: [203.0.113.7],");

/** A folder with somebody else's files, as a job of CI checks one out; above it lies what is none of theirs. */
export class Checkout {
  readonly above = mkdtempSync(join(tmpdir(), "fairlead-checkout-"));
  readonly folder = join(this.above, "checkout");

  constructor() {
    mkdirSync(this.folder);
  }

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  check(...args: readonly string[]): Promise<Ran> {
    return fairlead(["check", ...args], { cwd: this.folder });
  }

  git(...args: string[]): string {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    return execFileSync("git", [...identity, ...args], { cwd: this.folder, encoding: "utf8", stdio: "pipe" }).trim();
  }

  /** What there is becomes the state that everybody has agreed to. */
  agree(): void {
    this.git("init", "-q", "-b", "main");
    this.git("add", ".");
    this.git("commit", "-qm", "before");
  }

  remove(): void {
    rmSync(this.above, { recursive: true, force: true });
  }
}
