import type { ServiceType } from "../../../service/schema/index.ts";
import type { ValueKind } from "./value-kinds.ts";

/** What a controller reads of the annotations of Services. */
export interface AnnotationReader {
  /** The controller, as its users call it. */
  readonly name: string;
  /** Where the names and values are from: project, document or file, version. */
  readonly source: string;
  /** What stands before the slash. A reader that has renamed its annotations has several. */
  readonly domains: readonly string[];
  /** What every name (behind the slash) starts with, where several readers share the domain. */
  readonly start?: string;
  /** The types of Services that it reads. Default: LoadBalancer. */
  readonly types?: "all" | readonly ServiceType[];
  /** Whether it is certain only if the Service has one of these load balancer classes that it is the one to read it. */
  readonly classes?: readonly string[];
  /** Whether no other name has a meaning in these domains, in any version. */
  readonly isComplete?: true;
  /** The names behind `start`, with the kinds of their values. */
  readonly names: Readonly<Record<string, ValueKind>>;
  /** Names (behind the slash) that it reads of other objects, not of Services, with what these are. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** Names (behind the slash) that are ignored if the Service has a newer annotation, whose whole key is given. */
  readonly replacedBy?: Readonly<Record<string, string>>;
  /** Names that have a part of their own, such as a port: patterns of the whole name, in the syntax of globs. */
  readonly patterns?: Readonly<Record<string, ValueKind>>;
}
