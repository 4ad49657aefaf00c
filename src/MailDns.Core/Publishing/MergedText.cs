namespace MailDns.Publishing;

/// <summary>A wanted text put together with the one that is there, or why that cannot be.</summary>
internal sealed class MergedText
{
    private MergedText(string text, string reason, string? warning, string? refusal)
    {
        Text = text;
        Reason = reason;
        Warning = warning;
        Refusal = refusal;
    }

    public string Text { get; }

    public string Reason { get; }

    public string? Warning { get; }

    /// <summary>Not null: nothing is to be written, for this reason.</summary>
    public string? Refusal { get; }

    public static MergedText Of(string text, string reason, string? warning = null) => new(text, reason, warning, refusal: null);

    public static MergedText Refuse(string reason) => new(string.Empty, string.Empty, warning: null, reason);
}
