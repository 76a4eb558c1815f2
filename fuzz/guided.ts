import { isObject } from "#src/field/json.ts";
import { Coverage } from "./coverage.ts";
import { Draws } from "./draws.ts";
import { mutate } from "./generators/json.ts";
import { mutateText } from "./generators/manifest-text.ts";
import type { Target } from "./target.ts";

/** So many cases are run before it is asked what they reached: asking takes as long as some of them. */
const TOGETHER = 40;

/**
 * The cases of a target, drawn with an eye on what they reach: those that ran a block of code for the first time are
 * kept, and every other case is one of these with a change.
 */
export class Guide<C> {
  readonly #target: Target<C>;
  readonly #coverage = new Coverage();
  readonly #kept: string[] = [];
  #recent: C[] = [];

  constructor(target: Target<C>) {
    this.#target = target;
  }

  /** How many blocks were reached, and by how many kept cases. */
  get reached(): { readonly blocks: number; readonly kept: number } {
    return { blocks: this.#coverage.size, kept: this.#kept.length };
  }

  draw(draws: Draws): C {
    const changed = this.#kept.length > 0 && draws.oneIn(2) ? this.#changed(draws) : undefined;
    return this.#target.isCase(changed) ? changed : this.#target.draw(draws);
  }

  async check(input: C): Promise<void> {
    this.#recent.push(input);
    await this.#target.check(input);
    if (this.#recent.length < TOGETHER) return;
    const recent = this.#recent;
    this.#recent = [];
    if (this.#coverage.newBlocks() === 0) return;
    // One of them reached something: a part of them is worth more than the search for which.
    const draws = new Draws(this.#coverage.size);
    for (const one of recent) if (draws.oneIn(8)) this.#kept.push(JSON.stringify(one));
  }

  close(): void {
    this.#coverage.close();
  }

  #changed(draws: Draws): unknown {
    const value: unknown = JSON.parse(draws.pick(this.#kept));
    mutate(draws, value, draws.between(1, 3));
    if (isObject(value) && typeof value["text"] === "string") {
      value["text"] = mutateText(draws, value["text"], draws.between(1, 3));
    }
    return value;
  }
}

/** The target, guided; `said` is told at the end how far it came. */
export function guided<C>(target: Target<C>, said: (words: string) => void): Target<C> {
  const guide = new Guide(target);
  return {
    ...target,
    draw: (draws) => guide.draw(draws),
    check: (input) => guide.check(input),
    close: async () => {
      const { blocks, kept } = guide.reached;
      said(`${target.name}: ${blocks} blocks of the source reached; ${kept} cases kept on the way`);
      guide.close();
      await target.close?.();
    },
  };
}
