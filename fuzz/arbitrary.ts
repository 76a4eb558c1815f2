import fc from "fast-check";
import { Draws } from "./draws.ts";
import { simpler } from "./shrink.ts";
import type { Target } from "./target.ts";

/** The time for shrinking a failing case, in milliseconds. */
const SHRINK_TIME = 30_000;

/**
 * The cases of a target for fast-check, which provides the seed. The case is drawn from it directly, since combined
 * arbitraries would take longer than the code under test. A failing case is shrunk as a JSON value.
 */
export class CaseArbitrary<C> extends fc.Arbitrary<C> {
  readonly #target: Target<C>;
  #deadline = Infinity;

  constructor(target: Target<C>) {
    super();
    this.#target = target;
  }

  override generate(random: fc.Random): fc.Value<C> {
    const seed = (): number => random.nextInt(-(2 ** 31), 2 ** 31 - 1);
    return new fc.Value(this.#target.draw(new Draws(seed(), seed(), seed())), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is C {
    return this.#target.isCase(value);
  }

  override shrink(value: C): fc.Stream<fc.Value<C>> {
    if (this.#deadline === Infinity) this.#deadline = performance.now() + SHRINK_TIME;
    return fc.stream(this.#simplerCases(value));
  }

  *#simplerCases(value: C): Generator<fc.Value<C>, undefined> {
    for (const one of simpler(value)) {
      if (performance.now() > this.#deadline) return undefined;
      if (this.#target.isCase(one)) yield new fc.Value(one, undefined);
    }
    return undefined;
  }
}
