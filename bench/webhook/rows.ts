import { type Aim, AIMS, aimText } from "../aims.ts";
import { median, quantile, ratiosOf, spreadOf, spreadText } from "../statistics.ts";
import { type Row, type Table, withNotes } from "../table.ts";
import type { NotRun } from "./prepared.ts";
import type { Measured, WAYS } from "./rounds.ts";

/** What was measured of one server: its rounds, with one kind of review and one way of sending. */
export interface Outcome {
  readonly review: string;
  readonly server: string;
  readonly hasAims: boolean;
  readonly rounds: readonly Measured[];
  /** The rounds of the bare server that alternated with these. */
  readonly floor: readonly Measured[];
}

const TITLES: Readonly<Record<keyof typeof WAYS, string>> = {
  underLoad: "under load: eight connections without pauses",
  oneByOne: "one by one: one connection without pauses",
  atFixedRate: "at 500 reviews a second, times from when each should have been sent",
};

/** Two tables for a way of sending: ratios to the bare server, and the figures that they are made from. */
export function tablesOf(
  way: keyof typeof WAYS,
  outcomes: readonly Outcome[],
  missing: readonly NotRun[],
): readonly Table[] {
  const ratios = way === "atFixedRate" ? latencyRatios : throughputRatios(aimOf(way));
  const notRun = missing.map(({ name, why }): Row => ({ review: "all", server: name, note: `not run: ${why}` }));
  return [
    {
      title: `Webhook ${TITLES[way]}, beside the bare server`,
      kind: "ratios",
      rows: withNotes([...outcomes.map(ratios), ...notRun]),
    },
    { title: `Webhook ${TITLES[way]}`, kind: "figures", rows: withNotes([...outcomes.map(figures), ...notRun]) },
  ];
}

function aimOf(way: "underLoad" | "oneByOne"): Aim {
  return way === "underLoad" ? AIMS.throughputUnderLoad : AIMS.throughputOneByOne;
}

function throughputRatios(aim: Aim): (outcome: Outcome) => Row {
  return ({ review, server, hasAims, rounds, floor }) => {
    const throughput = spreadOf(ratiosOf(rounds.map(perSecond), floor.map(perSecond)));
    return {
      review,
      server,
      "reviews a second, of bare": spreadText(throughput),
      aim: hasAims ? aimText(aim, throughput.median) : "",
      "CPU a review, of bare": spreadText(spreadOf(ratiosOf(rounds.map(cpu), floor.map(cpu)))),
      "p99, of bare": spreadText(spreadOf(ratiosOf(rounds.map(p99), floor.map(p99)))),
    };
  };
}

function latencyRatios({ review, server, hasAims, rounds, floor }: Outcome): Row {
  const tail = spreadOf(ratiosOf(rounds.map(p99), floor.map(p99)));
  return {
    review,
    server,
    "p99, of bare": spreadText(tail),
    aim: hasAims ? aimText(AIMS.p99AtFixedRate, tail.median) : "",
    "p50, of bare": spreadText(spreadOf(ratiosOf(rounds.map(p50), floor.map(p50)))),
    "CPU a review, of bare": spreadText(spreadOf(ratiosOf(rounds.map(cpu), floor.map(cpu)))),
  };
}

function figures({ review, server, rounds }: Outcome): Row {
  const times = rounds.flatMap((round) => round.times);
  return {
    review,
    server,
    "reviews a second": spreadText(spreadOf(rounds.map(perSecond)), 0),
    "p50 ms": quantile(times, 0.5).toFixed(2),
    "p99 ms": quantile(times, 0.99).toFixed(2),
    "p99.9 ms": quantile(times, 0.999).toFixed(2),
    "CPU ms for 1,000": spreadText(spreadOf(rounds.map(cpu)), 0),
    "generator busy": `${Math.round(100 * median(rounds.map(({ busy }) => busy)))} %`,
  };
}

const perSecond = (round: Measured): number => round.perSecond;
const cpu = (round: Measured): number => round.cpu;
const p50 = ({ times }: Measured): number => quantile(times, 0.5);
const p99 = ({ times }: Measured): number => quantile(times, 0.99);
