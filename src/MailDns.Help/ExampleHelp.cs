namespace MailDns.Help;

/// <summary>A command and what it is good for.</summary>
internal sealed record ExampleHelp(string Code, IReadOnlyList<string> Remarks);
