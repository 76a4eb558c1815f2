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

/** How many good pairs take turns. */
const PAIRS = 3;
/** How long they are valid, in milliseconds. */
const LIFE = 7 * 86_400_000;
/** How long, in milliseconds, a pair that must not be taken over lies there. */
const BAD_TIME = 3000;

/** The mounted pair, and all that can happen to it. */
export class MountedCertificate {
  readonly #paths: { readonly certificate: string; readonly key: string };
  readonly #made: readonly IssuedCertificate[];
  readonly #weak: ServingPair;
  readonly #random: Random;
  #current = 0;

  private constructor(
    parts: Pick<MountedCertificate, "paths"> & {
      made: readonly IssuedCertificate[];
      weak: ServingPair;
      random: Random;
    },
  ) {
    this.#paths = parts.paths;
    this.#made = parts.made;
    this.#weak = parts.weak;
    this.#random = parts.random;
  }

  static async create(paths: { certificate: string; key: string }, random: Random): Promise<MountedCertificate> {
    const order = { hosts: ["localhost", "127.0.0.1"], from: new Date(), until: new Date(Date.now() + LIFE) };
    const made = await Promise.all(Array.from({ length: PAIRS }, () => issue(order)));
    // OpenSSL reads such a key, and refuses to serve with it.
    const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], { keySize: 1024 });
    const mounted = new MountedCertificate({ paths, made, weak: { certificate: cert, key }, random });
    await mounted.#writeInPlace(mounted.#pair());
    return mounted;
  }

  get paths(): { readonly certificate: string; readonly key: string } {
    return this.#paths;
  }

  /** The CAs that clients trust. */
  get ca(): readonly string[] {
    return this.#made.map(({ ca }) => ca);
  }

  /** A new pair, which each replica must show soon; before it, perhaps one that none may show. */
  async rotate(replicas: readonly Replica[]): Promise<void> {
    const old = this.#pair();
    const bad = this.#random.pick(BAD);
    if (bad !== undefined) {
      await bad(this, old);
      await sleep(BAD_TIME);
      await this.#shown(replicas, old, "the old certificate is still shown");
    }
    this.#current = (this.#current + 1) % this.#made.length;
    const next = this.#pair();
    await (this.#random.below(2) === 0 ? this.#writeInPlace(next) : this.#rename(next));
    await this.#shown(replicas, next, "the new certificate is shown");
  }

  async #shown(replicas: readonly Replica[], { certificate }: ServingPair, what: string): Promise<void> {
    const wanted = new X509Certificate(certificate).fingerprint256;
    for (const replica of replicas) {
      await until(async () => (await replica.shownCertificate()) === wanted, `${what} by ${replica.name}`);
    }
  }

  #pair(): ServingPair {
    const pair = this.#made[this.#current]?.pair;
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

/** What may come before a good pair: nothing, as often as not. */
const BAD: readonly (((mounted: MountedCertificate, old: ServingPair) => Promise<void>) | undefined)[] = [
  undefined,
  undefined,
  (mounted, old) => mounted.writeHalf(old),
  (mounted) => mounted.writeWrongKey(),
  (mounted) => mounted.writeWeak(),
];
