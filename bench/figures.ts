import { isObject } from "#src/field/json.ts";
import type { Conditions } from "./machine.ts";
import type { Table } from "./table.ts";

/** A run of all benchmarks, as `npm run bench -- --write` keeps it in `figures.json`, and later runs of some of them. */
export interface Figures {
  readonly conditions: Conditions;
  /** The tables of each benchmark by its name. */
  readonly results: Readonly<Record<string, readonly Table[]>>;
  /** The conditions of the benchmarks that were run by themselves after that. */
  readonly later?: Readonly<Record<string, Conditions>>;
}

/** The figures with those of a run of some benchmarks in the place of their own. */
export function withNamed(figures: Figures, { conditions, results }: Figures): Figures {
  const named = Object.keys(results).map((name) => [name, conditions] as const);
  return {
    conditions: figures.conditions,
    results: { ...figures.results, ...results },
    later: { ...figures.later, ...Object.fromEntries(named) },
  };
}

export function isFigures(value: unknown): value is Figures {
  return isObject(value) && isObject(value["conditions"]) && isObject(value["results"]);
}
