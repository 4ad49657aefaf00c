using System;
using System.Management.Automation.Host;

namespace MailDns.Shell.Hosting;

/// <summary>Only the width matters: the views are laid out by it.</summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    private const int Height = 50;
    private readonly ShellTerminal _terminal;

    public ShellRawUserInterface(ShellTerminal terminal)
    {
        _terminal = terminal;
    }

    public override Size BufferSize
    {
        get => new(_terminal.Width, Height);
        set { }
    }

    public override Size WindowSize
    {
        get => new(_terminal.Width, Height);
        set { }
    }

    public override Size MaxPhysicalWindowSize => new(_terminal.Width, Height);

    public override Size MaxWindowSize => new(_terminal.Width, Height);

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override Coordinates WindowPosition { get; set; }

    public override string WindowTitle { get; set; } = string.Empty;

    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        throw new HostException("This shell does not read single keys.");
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle)
    {
        throw new HostException("This shell has no screen buffer.");
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
        throw new HostException("This shell has no screen buffer.");
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        throw new HostException("This shell has no screen buffer.");
    }

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
        throw new HostException("This shell has no screen buffer.");
    }
}
