import { CHECK_OPTIONS } from "../check/settings/index.ts";
import type { CheckOption } from "../examine/settings/index.ts";

/** The shells that there is a completion script for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

const OPTIONS: readonly CheckOption[] = CHECK_OPTIONS;

/**
 * A script that completes the commands, the options of `check` and the values that they take.
 * @param commands the names of all commands
 */
export function completionScript(shell: string, commands: readonly string[]): string {
  const names = commands.join(" ");
  if (shell === "fish") return fish(names);
  return shell === "zsh" ? `${ZSH}${bash(names)}` : bash(names);
}

/** Lets zsh run completion scripts of bash. */
const ZSH = `(( $+functions[compdef] )) || { autoload -U compinit && compinit }
autoload -U +X bashcompinit && bashcompinit
`;

function bash(commands: string): string {
  const cases = OPTIONS.flatMap(({ flag, choices }) =>
    choices === undefined ? [] : [`    --${flag}) words="${choices.join(" ")}" ;;`],
  );
  return `_fairlead() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words=
  # bash splits --option=value into three words.
  if [[ $word == = ]]; then word=
  elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $previous in
${cases.join("\n")}
  esac
  if [[ -n $words ]]; then :
  elif [[ $COMP_CWORD -eq 1 ]]; then words="${commands}"
  elif [[ \${COMP_WORDS[1]} == completion ]]; then words="${SHELLS.join(" ")}"
  elif [[ \${COMP_WORDS[1]} == export && $COMP_CWORD -eq 2 ]]; then words="vap"
  elif [[ $word == -* && \${COMP_WORDS[1]} == check ]]; then
    words="${OPTIONS.map(({ flag }) => `--${flag}`).join(" ")}"
  fi
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  else
    # One name per line: names may contain blanks.
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _fairlead fairlead kubectl-fairlead
`;
}

function fish(commands: string): string {
  const lines = ["fairlead", "kubectl-fairlead"].flatMap((command) => [
    `complete -c ${command} -f -n __fish_use_subcommand -a "${commands}"`,
    `complete -c ${command} -f -n "__fish_seen_subcommand_from completion" -a "${SHELLS.join(" ")}"`,
    `complete -c ${command} -n "__fish_seen_subcommand_from export; and not __fish_seen_subcommand_from vap" -a vap`,
    ...OPTIONS.map(({ flag, value, help, choices }) => {
      const takes = value === undefined ? "" : choices === undefined ? " -r" : ` -x -a "${choices.join(" ")}"`;
      return `complete -c ${command} -n "__fish_seen_subcommand_from check" -l ${flag}${takes} -d ${JSON.stringify(help)}`;
    }),
  ]);
  return `${lines.join("\n")}\n`;
}
