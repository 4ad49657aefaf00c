namespace MailDns;

/// <summary>A warning or verbose line that work off the pipeline's thread hands back, to be written in its place among the output.</summary>
internal sealed class CmdletMessage
{
    private CmdletMessage(string text, bool isWarning)
    {
        Text = text;
        IsWarning = isWarning;
    }

    public string Text { get; }

    public bool IsWarning { get; }

    public static CmdletMessage Warning(string text) => new(text, isWarning: true);

    public static CmdletMessage Verbose(string text) => new(text, isWarning: false);
}
