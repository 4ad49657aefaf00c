namespace MailDns;

/// <summary>The form of a report that Export-SendingDomainReport writes.</summary>
public enum ReportFormat
{
    /// <summary>One self-contained page for people: HTML with its style and script inside, nothing from elsewhere.</summary>
    Html,

    /// <summary>JSON (RFC 8259) as <c>module/schemas/report.schema.json</c> describes it.</summary>
    Json,

    /// <summary>JUnit XML for build servers: a suite a domain, a test case a check.</summary>
    JUnit,

    /// <summary>SARIF 2.1.0 for code scanning: a result a finding, with file and line for what was read from zone files.</summary>
    Sarif,
}
