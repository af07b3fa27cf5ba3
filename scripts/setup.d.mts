/** Installs what is missing, and builds what is out of date when asked; answers the folder of the project. */
export function prepare(options?: { build?: boolean }): Promise<string>
/** Runs a command to its end in that folder; ends this process when it fails. */
export function run(command: string, args: readonly string[], options?: object): void
