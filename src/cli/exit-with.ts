/** Lets the process end with the command's exit code once everything it has written is out. */
export async function exitWith(code: Promise<number>): Promise<void> {
  process.exitCode = await code;
}
