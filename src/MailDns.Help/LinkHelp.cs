namespace MailDns.Help;

/// <summary>Where to read on: another cmdlet, which has no address, or a page.</summary>
internal sealed record LinkHelp(string Text, string? Uri = null);
