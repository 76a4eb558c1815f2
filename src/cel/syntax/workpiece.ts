import { spend } from "../effort/index.ts";
import type { ParserRuleContext, Token } from "antlr4ng";
import type { Issue, Literal } from "../ast/index.ts";
import { BEFORE, Lines, NOWHERE } from "./lines.ts";

/** What a node is placed by: a token, or the first token of a part of the parse tree; null where a syntax error left none. */
export type Mark = Token | ParserRuleContext | null | undefined;

/** The id of what has no mark. */
const NO_ID = -1;

/**
 * A limit of our own. Each `optMap` copies what it is called on, so that thirty in a row would be more nodes than fit into memory;
 * without copies an expression has fewer nodes than characters.
 */
const [MOST_NODES, MOST_NODES_PER_CHARACTER] = [30_000, 2];
const STEPS_PER_NODE = 10;

/** Ends the parsing; what is wrong has been reported. */
export class Stop extends Error {}

/** An expression while it is parsed: what is known about its source, its nodes' ids and places, and its mistakes. */
export class Workpiece {
  readonly source: string;
  readonly lines: Lines;
  readonly offsets = new Map<number, number>();
  readonly issues: Issue[] = [];
  readonly #mostNodes: number;
  #nextId = 1;

  constructor(source: string) {
    this.source = source;
    this.#mostNodes = MOST_NODES + MOST_NODES_PER_CHARACTER * source.length;
    this.lines = new Lines(source);
  }

  report(offset: number, message: string): void {
    this.issues.push({ offset, message });
  }

  /** Reports a mistake at a mark; the node returned stands for what could not be understood. */
  reportAt(mark: Mark, message: string): Literal {
    const node = this.unknown(mark);
    this.report(this.offset(node.id), message);
    return node;
  }

  /** The same, at an offset. */
  reportAtOffset(offset: number, message: string): Literal {
    this.report(offset, message);
    return { kind: "literal", id: this.idAt(offset), value: null };
  }

  /** Stands for what could not be understood, so that the rest can be. An expression with one in it has issues, and is not handed out. */
  unknown(mark?: Mark): Literal {
    return { kind: "literal", id: mark === undefined ? this.idAt(BEFORE) : this.id(mark), value: null };
  }

  /**
   * A new id for a node at a mark.
   *
   * @throws {Stop} if there are too many
   */
  id(mark: Mark): number {
    const token =
      mark !== null && mark !== undefined && "start" in mark && typeof mark.start === "object" ? mark.start : mark;
    if (token === null || token === undefined || !("line" in token)) return NO_ID;
    return this.idAt(this.lines.offset(token));
  }

  /** @throws {Stop} if there are too many */
  idAt(offset: number): number {
    if (this.#nextId > this.#mostNodes) {
      this.report(NOWHERE, `expression expands to more than ${this.#mostNodes} nodes`);
      throw new Stop();
    }
    spend(STEPS_PER_NODE);
    const id = this.#nextId++;
    this.offsets.set(id, offset);
    return id;
  }

  /** Gives an id back that turned out not to be needed: what is expanded from a macro has ids of its own. */
  dropId(id: number): void {
    this.offsets.delete(id);
    if (id === this.#nextId - 1) this.#nextId--;
  }

  offset(id: number): number {
    return this.offsets.get(id) ?? NOWHERE;
  }
}
