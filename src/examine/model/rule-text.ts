/** The texts of a rule: its title, and a sentence or two of help. */
export interface RuleText {
  readonly title: string;
  readonly help: string;
  /** The page and the section of the documentation, where they are not those of the rules of its kind. */
  readonly section?: string;
}
