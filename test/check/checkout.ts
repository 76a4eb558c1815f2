import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fairlead, type CliResult } from "./run-cli.ts";

export const GOOD = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n";
export const BAD = GOOD.replace("80", "0");
/** A Service that the policy set `baseline` denies. */
export const WITH_EXTERNAL_IP = GOOD.replace("spec: {", "spec: { selector: { app: web }, externalIPs: [203.0.113.7],");

/** A folder of untrusted files, as a CI job checks one out, in a parent folder that is not part of the checkout. */
export class Checkout {
  readonly parent = mkdtempSync(join(tmpdir(), "fairlead-checkout-"));
  readonly folder = join(this.parent, "checkout");

  constructor() {
    mkdirSync(this.folder);
  }

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  check(...args: readonly string[]): Promise<CliResult> {
    return fairlead(["check", ...args], { cwd: this.folder });
  }

  git(...args: string[]): string {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    return execFileSync("git", [...identity, ...args], { cwd: this.folder, encoding: "utf8", stdio: "pipe" }).trim();
  }

  /** Commits all files to the branch main of a new repository. */
  commitAll(): void {
    this.git("init", "-q", "-b", "main");
    this.git("add", ".");
    this.git("commit", "-qm", "before");
  }

  remove(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }
}
