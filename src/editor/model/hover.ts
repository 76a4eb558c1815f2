import type { TextRange } from "../../text/document/index.ts";

/** Help for what is at a place of the text. */
export interface Hover extends TextRange {
  /** Markdown: paragraphs, lists, links, inline code and fenced blocks; nothing else. */
  readonly markdown: string;
}

/** A default that the text does not say, shown at the end of a line. */
export interface Hint {
  readonly offset: number;
  readonly text: string;
  /** Why the value is this one, in Markdown. */
  readonly tooltip: string;
}

/** A Service of the text, above which an editor can offer to show what is stored. */
export interface Lens extends TextRange {
  readonly title: string;
  /** The position of the Service among those of the text, from 0. */
  readonly service: number;
  readonly namespace: string;
  readonly name: string;
}
