namespace MailDns.Integration.Tests.Report;

/// <summary>How a page is looked at.</summary>
internal sealed record PageSetting(int Width = 1180, bool IsDark = false, bool HasScript = true, bool IsPrint = false);
