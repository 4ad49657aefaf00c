namespace MailDns.Help;

/// <summary>Where to read on.</summary>
internal sealed record LinkHelp(string Text, string Uri);
