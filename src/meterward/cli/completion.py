"""`meterward completion`: a script that teaches a shell to complete."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from meterward.cli.exits import Exit


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    r"""Print a script that completes commands, options, licences of the file, clauses and kinds of record.

    \b
    Examples:
      meterward completion bash > ~/.local/share/bash-completion/completions/meterward
      meterward completion zsh > ~/.zfunc/_meterward
      meterward completion fish > ~/.config/fish/completions/meterward.fish
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(found(ctx.find_root().command, {}, "meterward", "_METERWARD_COMPLETE").source())
    return Exit.IN_ORDER
