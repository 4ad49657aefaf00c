using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Text;

namespace MailDns.Shell.Hosting;

/// <summary>The two output streams, their width and whether they take colours.</summary>
internal sealed class ShellTerminal
{
    /// <summary>The width of redirected output when nothing else says.</summary>
    private const int DefaultWidth = 120;

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly bool _colourOutput;
    private readonly bool _colourError;
    private StringBuilder? _capture;
    private int? _captureWidth;
    private bool _captureColour;

    /// <summary>The process's own streams.</summary>
    public ShellTerminal(int? width, bool nonInteractive)
    {
        _output = Console.Out;
        _error = Console.Error;
        bool plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            || string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        _colourOutput = !plain && !Console.IsOutputRedirected;
        _colourError = !plain && !Console.IsErrorRedirected;
        Interactive = !nonInteractive && !Console.IsInputRedirected;
        ShowsProgress = !Console.IsErrorRedirected;
        FixedWidth = width ?? EnvironmentWidth();
    }

    /// <summary>Two writers in place of a terminal: nobody answers, and colours only if asked for.</summary>
    public ShellTerminal(TextWriter output, TextWriter error, int width, bool colour)
    {
        _output = output;
        _error = error;
        _colourOutput = colour;
        _colourError = colour;
        FixedWidth = width;
    }

    /// <summary>The terminal behind the host that a cmdlet sees.</summary>
    public static ShellTerminal Of(PSHost host)
    {
        return host.PrivateData?.BaseObject as ShellTerminal ?? throw new HostException("This cmdlet works in this shell only.");
    }

    /// <summary>Whether somebody is there to answer.</summary>
    public bool Interactive { get; }

    public bool ShowsProgress { get; }

    public bool SupportsColour => _capture is null ? _colourOutput : _captureColour;

    /// <summary>Columns of the output at this moment.</summary>
    public int Width => _captureWidth ?? FixedWidth ?? ConsoleWidth();

    private int? FixedWidth { get; }

    /// <summary>From here to <see cref="EndCapture"/> output is kept instead of written.</summary>
    public void BeginCapture(StringBuilder target, int? width, bool colour = false)
    {
        _captureColour = colour;
        _capture = target;
        _captureWidth = width;
    }

    public void EndCapture()
    {
        _capture = null;
        _captureWidth = null;
    }

    public void Write(string text)
    {
        if (_capture is not null)
            _capture.Append(_captureColour ? text : Plain(text));
        else
            _output.Write(_colourOutput ? text : Plain(text));
    }

    public void WriteLine(string text)
    {
        Write(text + Environment.NewLine);
    }

    public void WriteErrorLine(string text)
    {
        // What was said before comes first also when both streams end in one place.
        _output.Flush();
        _error.WriteLine(_colourError ? text : Plain(text));
    }

    /// <summary>Overwrites the current line of standard error; only on a terminal.</summary>
    public void WriteStatus(string text)
    {
        if (!ShowsProgress)
            return;
        int width = Math.Max(1, Width - 1);
        string shown = text.Length <= width ? text : text[..width];
        _error.Write("\r" + shown.PadRight(width) + "\r");
    }

    public void Flush()
    {
        _output.Flush();
        _error.Flush();
    }

    private static string Plain(string text)
    {
        return new StringDecorated(text).ToString(OutputRendering.PlainText);
    }

    private static int? EnvironmentWidth()
    {
        string? columns = Environment.GetEnvironmentVariable("COLUMNS");
        return int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width is >= 20 and <= 10_000
            ? width
            : null;
    }

    private static int ConsoleWidth()
    {
        if (Console.IsOutputRedirected)
            return DefaultWidth;
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }
}
