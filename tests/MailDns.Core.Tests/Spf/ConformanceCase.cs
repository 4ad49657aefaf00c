using MailDns.Core.Tests.Support;

namespace MailDns.Core.Tests.Spf;

/// <summary>One case of the RFC 7208 suite.</summary>
internal sealed record ConformanceCase(
    string Scenario,
    string Name,
    string Host,
    string MailFrom,
    string Helo,
    string[] Results,
    string? Explanation,
    TableResolver Zone);
