import type { Command, Option } from 'commander';
import { createProgram, forEachCommand } from './program.ts';

/** The reference of all commands in Markdown; docs/command-line.md holds it. */
export function describeProgram(): string {
  const program = createProgram();
  const sections = [`### Every command\n\n${table(program.options)}`];
  forEachCommand(program, (command) => {
    if (command.commands.length === 0) sections.push(describe(command));
  });
  return sections.join('\n\n');
}

function describe(command: Command): string {
  const args = command.registeredArguments.map((argument) => ({
    term: `<${argument.name()}${argument.variadic ? '...' : ''}>`,
    description: argument.description,
  }));
  const title = [nameOf(command), ...args.map(({ term }) => term)].join(' ');
  const rows = [
    ...args.map(({ term, description }) => `| \`${term}\` | ${description} |`),
    ...command.options.map(rowOf),
  ];
  const options = rows.length > 0 ? `\n\n| | |\n|---|---|\n${rows.join('\n')}` : '';
  return `### \`${title}\`\n\n${command.description()}.${options}`;
}

function table(options: readonly Option[]): string {
  return `| | |\n|---|---|\n${options.map(rowOf).join('\n')}`;
}

function rowOf({ flags, description, defaultValue, argChoices, mandatory }: Option): string {
  const notes = [
    mandatory ? 'required' : '',
    argChoices ? `one of ${argChoices.map((choice) => `\`${choice}\``).join(', ')}` : '',
    typeof defaultValue === 'string' && defaultValue !== '' ? `\`${defaultValue}\` unless given` : '',
  ].filter(Boolean);
  return `| \`${flags}\` | ${description}${notes.length > 0 ? ` (${notes.join('; ')})` : ''} |`;
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}
