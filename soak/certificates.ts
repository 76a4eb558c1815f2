import { X509Certificate } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { generate } from "selfsigned";
import { issue } from "#src/cluster/certificates/issue.ts";
import type { IssuedCertificate } from "#src/cluster/certificates/issued-certificate.ts";
import type { ServingPair } from "#src/sources/credentials.ts";
import { replaceFile } from "./policy-sets.ts";
import type { Random } from "./random.ts";
import { type Replica, until } from "./replica.ts";

/** The number of valid certificates, which are used in rotation. */
const CERTIFICATES = 3;
/** Their validity in milliseconds. */
const VALIDITY = 7 * 86_400_000;
/** How long a pair that must not be used stays mounted, in milliseconds. */
const INVALID_TIME = 3000;

/** The mounted certificate and key, and the ways in which they change. */
export class MountedCertificate {
  readonly #paths: { readonly certificate: string; readonly key: string };
  readonly #issued: readonly IssuedCertificate[];
  readonly #weak: ServingPair;
  readonly #random: Random;
  #current = 0;

  private constructor(
    parts: Pick<MountedCertificate, "paths"> & {
      issued: readonly IssuedCertificate[];
      weak: ServingPair;
      random: Random;
    },
  ) {
    this.#paths = parts.paths;
    this.#issued = parts.issued;
    this.#weak = parts.weak;
    this.#random = parts.random;
  }

  static async create(paths: { certificate: string; key: string }, random: Random): Promise<MountedCertificate> {
    const options = { hosts: ["localhost", "127.0.0.1"], from: new Date(), until: new Date(Date.now() + VALIDITY) };
    const issued = await Promise.all(Array.from({ length: CERTIFICATES }, () => issue(options)));
    // OpenSSL parses a key this short, but refuses to serve with it.
    const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], { keySize: 1024 });
    const mounted = new MountedCertificate({ paths, issued, weak: { certificate: cert, key }, random });
    await mounted.#writeInPlace(mounted.#pair());
    return mounted;
  }

  get paths(): { readonly certificate: string; readonly key: string } {
    return this.#paths;
  }

  /** The CA certificates that clients trust, PEM. */
  get ca(): readonly string[] {
    return this.#issued.map(({ ca }) => ca);
  }

  /** Mounts the next pair, which every replica must serve soon; sometimes first an invalid one, which none may serve. */
  async rotate(replicas: readonly Replica[]): Promise<void> {
    const old = this.#pair();
    const makeInvalid = this.#random.pick(INVALID_STATES);
    if (makeInvalid !== undefined) {
      await makeInvalid(this, old);
      await sleep(INVALID_TIME);
      await this.#waitUntilServed(replicas, old, "the old certificate is still shown");
    }
    this.#current = (this.#current + 1) % this.#issued.length;
    const next = this.#pair();
    await (this.#random.below(2) === 0 ? this.#writeInPlace(next) : this.#rename(next));
    await this.#waitUntilServed(replicas, next, "the new certificate is shown");
  }

  async #waitUntilServed(replicas: readonly Replica[], { certificate }: ServingPair, what: string): Promise<void> {
    const wanted = new X509Certificate(certificate).fingerprint256;
    for (const replica of replicas) {
      await until(async () => (await replica.shownCertificate()) === wanted, `${what} by ${replica.name}`);
    }
  }

  #pair(): ServingPair {
    const pair = this.#issued[this.#current]?.pair;
    if (pair === undefined) throw new RangeError("no such pair");
    return pair;
  }

  async #rename({ certificate, key }: ServingPair): Promise<void> {
    await replaceFile(this.#paths.certificate, certificate);
    await replaceFile(this.#paths.key, key);
  }

  async #writeInPlace({ certificate, key }: ServingPair): Promise<void> {
    await writeFile(this.#paths.certificate, certificate);
    await writeFile(this.#paths.key, key);
  }

  async writeHalf({ certificate }: ServingPair): Promise<void> {
    await writeFile(this.#paths.certificate, certificate.slice(0, certificate.length / 2));
  }

  async writeWrongKey(): Promise<void> {
    await this.#writeInPlace({ certificate: this.#pair().certificate, key: this.#weak.key });
  }

  async writeWeak(): Promise<void> {
    await this.#writeInPlace(this.#weak);
  }
}

/** The invalid states that may precede a valid pair; undefined for none. */
const INVALID_STATES: readonly (((mounted: MountedCertificate, old: ServingPair) => Promise<void>) | undefined)[] = [
  undefined,
  undefined,
  (mounted, old) => mounted.writeHalf(old),
  (mounted) => mounted.writeWrongKey(),
  (mounted) => mounted.writeWeak(),
];
