import type { Command } from 'commander';
import { EXIT } from '../outcome.js';
import { print } from '../output.js';

/** Words that may follow a command, by its name; the words for the program itself stand under ''. */
type Words = ReadonlyMap<string, readonly string[]>;

/** `tramontane completion`: a script for the shell, made from the commands and options that there are. */
export function completion(program: Command, shell: 'bash' | 'zsh'): number {
  const words = wordsOf(program);
  print(shell === 'bash' ? bashScript(program.name(), words) : zshScript(program.name(), words));
  return EXIT.success;
}

function wordsOf(program: Command): Words {
  const commands = program.commands.map((command) => [command.name(), wordsAfter(command)] as const);
  const own = [...program.commands.map((command) => command.name()), 'help', '--help', '--version'];
  return new Map([['', own], ...commands]);
}

function wordsAfter(command: Command): readonly string[] {
  const options = command.options.flatMap(({ long }) => (long == null ? [] : [long]));
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  return [...choices, ...options, '--help'];
}

/** Files are offered for words that nothing else begins. */
function bashScript(name: string, words: Words): string {
  const cases = [...words].filter(([command]) => command !== '');
  return `# bash completion for ${name}: source <(${name} completion bash)
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words
  if ((COMP_CWORD == 1)); then
    words="${(words.get('') ?? []).join(' ')}"
  else
    case "\${COMP_WORDS[1]}" in
${cases.map(([command, list]) => `      ${command}) words="${list.join(' ')}" ;;`).join('\n')}
      help) words="${cases.map(([command]) => command).join(' ')}" ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _${name} ${name}`;
}

function zshScript(name: string, words: Words): string {
  const cases = [...words].filter(([command]) => command !== '');
  return `#compdef ${name}
# zsh completion for ${name}: source <(${name} completion zsh)
_${name}() {
  local -a words_here
  if ((CURRENT == 2)); then
    words_here=(${(words.get('') ?? []).join(' ')})
  else
    case "\${words[2]}" in
${cases.map(([command, list]) => `      ${command}) words_here=(${list.join(' ')}) ;;`).join('\n')}
      help) words_here=(${cases.map(([command]) => command).join(' ')}) ;;
    esac
  fi
  compadd -a words_here
  _files
}
compdef _${name} ${name}`;
}
