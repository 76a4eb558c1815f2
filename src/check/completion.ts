import { CHECK_OPTIONS, type CheckOption } from "./options.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;

const COMMANDS = "check serve explain rules test completion";
const OPTIONS: readonly CheckOption[] = CHECK_OPTIONS;

/** A script that completes the commands, the options of `check` and the words that they take. */
export function completionScript(shell: string): string {
  if (shell === "fish") return fish();
  // zsh understands the scripts of bash once it is asked to.
  return shell === "zsh" ? `autoload -U +X bashcompinit && bashcompinit\n${bash()}` : bash();
}

function bash(): string {
  const cases = OPTIONS.flatMap(({ flag, choices }) =>
    choices === undefined
      ? []
      : [`    --${flag}) COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$word")); return ;;`],
  );
  return `_fairlead() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  case $previous in
${cases.join("\n")}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${COMMANDS}" -- "$word"))
  elif [[ $word == -* && \${COMP_WORDS[1]} == check ]]; then
    COMPREPLY=($(compgen -W "${OPTIONS.map(({ flag }) => `--${flag}`).join(" ")}" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _fairlead fairlead kubectl-fairlead
`;
}

function fish(): string {
  const options = OPTIONS.map(({ flag, value, help, choices }) => {
    const takes = value === undefined ? "" : choices === undefined ? " -r" : ` -x -a "${choices.join(" ")}"`;
    return `complete -c fairlead -n "__fish_seen_subcommand_from check" -l ${flag}${takes} -d ${JSON.stringify(help)}`;
  });
  return `complete -c fairlead -f -n __fish_use_subcommand -a "${COMMANDS}"\n${options.join("\n")}\n`;
}
