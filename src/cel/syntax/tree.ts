import {
  BaseErrorListener,
  CommonTokenStream,
  DefaultErrorStrategy,
  type Parser,
  type ParserRuleContext,
  type ParseTreeListener,
  type RecognitionException,
  type Token,
} from "antlr4ng";
import { spend } from "../effort/index.ts";
import { Characters } from "./characters.ts";
import { CelLexer, CelParser, type SourceContext } from "./grammar/index.ts";
import { NOWHERE } from "./lines.ts";
import { Stop, type Workpiece } from "./workpiece.ts";

/** The limits of cel-go's parser (parser/parser.go: `NewParser`), which the API server leaves as they are. */
const DEEPEST_NESTING = 250;
const REPORTED_ERRORS = 100;
const RECOVERIES = 30;
const SKIPPED_TOKENS = 256;

const STEPS_PER_RULE = 10;

/**
 * The parse tree of an expression. Syntax errors are reported to the workpiece, in ANTLR's words; there is a tree all the same.
 *
 * @throws {Stop} where a limit is exceeded
 */
export function treeOf(work: Workpiece): SourceContext {
  const listener = new ErrorListener(work);
  const lexer = new CelLexer(new Characters(work.source, work.lines.codePoints));
  lexer.removeErrorListeners();
  lexer.addErrorListener(listener);
  const strategy = new LimitedRecovery(work);
  const parser = new LimitedParser(new CommonTokenStream(lexer), strategy);
  parser.removeErrorListeners();
  parser.addErrorListener(listener);
  parser.errorHandler = strategy;
  parser.addParseListener(new NestingLimit(work));
  return parser.source();
}

/** cel-go words this one case as it did before it used ANTLR. */
const RESERVED_WORD = /no viable alternative at input '.(true|false|null)'/g;

class ErrorListener extends BaseErrorListener {
  readonly #work: Workpiece;
  #reported = 0;

  constructor(work: Workpiece) {
    super();
    this.#work = work;
  }

  override syntaxError(_: unknown, __: unknown, line: number, column: number, message: string): void {
    const offset = this.#work.lines.offset({ line, column });
    if (this.#reported === REPORTED_ERRORS) {
      this.#work.report(offset, `Syntax error: More than ${REPORTED_ERRORS} syntax errors`);
      throw new Stop();
    }
    this.#reported++;
    this.#work.report(
      offset,
      `Syntax error: ${message.replace(RESERVED_WORD, "mismatched input '$1' expecting IDENTIFIER")}`,
    );
  }
}

/** Limits how deep a rule may be entered in itself, so that no expression exhausts the stack. */
class NestingLimit implements ParseTreeListener {
  readonly #work: Workpiece;
  readonly #depths: number[] = [];

  constructor(work: Workpiece) {
    this.#work = work;
  }

  enterEveryRule({ ruleIndex }: ParserRuleContext): void {
    spend(STEPS_PER_RULE);
    const depth = (this.#depths[ruleIndex] ?? 0) + 1;
    this.#depths[ruleIndex] = depth;
    if (depth <= DEEPEST_NESTING) return;
    this.#work.report(NOWHERE, `expression recursion limit exceeded: ${DEEPEST_NESTING}`);
    throw new Stop();
  }

  exitEveryRule({ ruleIndex }: ParserRuleContext): void {
    this.#depths[ruleIndex] = Math.max(0, (this.#depths[ruleIndex] ?? 0) - 1);
  }

  visitTerminal(): void {
    // Only the rules count.
  }

  visitErrorNode(): void {
    // Only the rules count.
  }
}

/** Limits how often the parser recovers from an error, and how many tokens it skips each time. */
class LimitedRecovery extends DefaultErrorStrategy {
  readonly #work: Workpiece;
  #recoveries = 0;
  #skipped: number | undefined;

  constructor(work: Workpiece) {
    super();
    this.#work = work;
  }

  override recover(parser: Parser, error: RecognitionException): void {
    this.#limited(parser, () => {
      super.recover(parser, error);
    });
  }

  override recoverInline(parser: Parser): Token {
    return this.#limited(parser, () => super.recoverInline(parser));
  }

  /** To be called before a token is consumed. */
  countToken(): void {
    if (this.#skipped === undefined) return;
    if (this.#skipped === SKIPPED_TOKENS) {
      this.#work.report(NOWHERE, `error recovery token lookahead limit exceeded: ${SKIPPED_TOKENS}`);
      throw new Stop();
    }
    this.#skipped++;
  }

  #limited<T>(parser: Parser, recover: () => T): T {
    if (this.#recoveries === RECOVERIES) {
      parser.notifyErrorListeners(`error recovery attempt limit exceeded: ${RECOVERIES}`, null, null);
      throw new Stop();
    }
    this.#recoveries++;
    this.#skipped = 0;
    try {
      return recover();
    } finally {
      this.#skipped = undefined;
    }
  }
}

class LimitedParser extends CelParser {
  readonly #strategy: LimitedRecovery;

  constructor(tokens: CommonTokenStream, strategy: LimitedRecovery) {
    super(tokens);
    this.#strategy = strategy;
  }

  override consume(): Token {
    this.#strategy.countToken();
    return super.consume();
  }
}
