import { celRunOf, compareCel } from "../../conformance/cel.ts";
import { ask, compare, POINTS, runOf } from "../../conformance/vectors.ts";

/** How many of the recorded answers the engine agrees with, point by point: `decision 1200/1200`. */
export type Figures = Readonly<Record<string, string>>;

/** The figures of a file with answers about Services. */
export function serviceFigures(text: string, file: string): Figures {
  const run = runOf(text, file);
  const agreements = run.vectors.map((vector) => compare(vector, ask(vector, run), run));
  return Object.fromEntries(
    POINTS.map((point) => [point, figure(agreements.flatMap((agreement) => agreement[point] ?? []))]),
  );
}

/** The figures of a file with answers about expressions. */
export function celFigures(text: string, file: string): Figures {
  const run = celRunOf(text, file);
  const agreements = run.vectors.map((vector) => compareCel(vector, run));
  return {
    policies: figure(agreements.map(({ policy }) => policy)),
    answers: figure(agreements.flatMap(({ answers }) => Object.values(answers))),
  };
}

function figure(agreements: readonly boolean[]): string {
  return `${agreements.filter(Boolean).length}/${agreements.length}`;
}
