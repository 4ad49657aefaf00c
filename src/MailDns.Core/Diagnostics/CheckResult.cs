namespace MailDns;

/// <summary>What one check found at one domain.</summary>
public sealed class CheckResult
{
    // Most results pass and have none of them, and a domain has hundreds of results.
    private Details? _details;

    internal CheckResult(
        CheckDefinition definition,
        string domain,
        CheckStatus status,
        string message,
        string? expected,
        string? actual,
        string recommendation,
        ResourceRecord[] record)
    {
        Definition = definition;
        Domain = domain;
        Status = status;
        Message = message;
        if (expected is not null || actual is not null || recommendation.Length > 0 || record.Length > 0)
            _details = new Details { Expected = expected, Actual = actual, Recommendation = recommendation, Record = record };
    }

    /// <summary>The same result of one of several platforms, named first.</summary>
    internal CheckResult Of(string provider) => new(Definition, Domain, Status, PrintableText.Escape(provider) + ": " + Message, Expected, Actual, Recommendation, Record) { DaysLeft = DaysLeft };

    /// <summary>The domain that was checked.</summary>
    public string Domain { get; }

    /// <summary>The check's stable id.</summary>
    public string Id => Definition.Id;

    /// <summary>What is true when the check passes.</summary>
    public string Title => Definition.Title;

    /// <summary>The part of the sending domain that was looked at.</summary>
    public CheckArea Area => Definition.Area;

    /// <summary>
    /// True for Pass, Info and NotApplicable. A warning has not passed, and a failed lookup (Unknown) never passes.
    /// </summary>
    public bool Passed => Status is CheckStatus.Pass or CheckStatus.Info or CheckStatus.NotApplicable;

    /// <summary>How the check ended.</summary>
    public CheckStatus Status { get; }

    /// <summary>How much a finding of this check matters.</summary>
    public CheckSeverity Severity => Definition.Severity;

    /// <summary>One line with the facts. Text from DNS in it is escaped.</summary>
    public string Message { get; }

    /// <summary>What was expected, where that is a value.</summary>
    public string? Expected => _details?.Expected;

    /// <summary>What was found, escaped, where that is a value.</summary>
    public string? Actual => _details?.Actual;

    /// <summary>What to do about it; empty when there is nothing to do.</summary>
    public string Recommendation => _details?.Recommendation ?? string.Empty;

    /// <summary>The RFC and section, or the provider's page.</summary>
    public string Reference => Definition.Reference;

    /// <summary>The records that would put it right, ready to pipe; empty when no record does.</summary>
    public ResourceRecord[] Record => _details?.Record ?? Array.Empty<ResourceRecord>();

    /// <summary>The zone file that holds what was found, with -ZoneFile; null for answers of DNS.</summary>
    public string? File
    {
        get => _details?.File;
        internal set => Detailed.File = value;
    }

    /// <summary>The line of <see cref="File"/>, from 1; null where the file is not known.</summary>
    public int? Line
    {
        get => _details?.Line;
        internal set => Detailed.Line = value;
    }

    /// <summary>
    /// The ids of all checks that the same failed lookup left open, where this result stands for them; else empty. With
    /// -IncludeNotApplicable each has a result of its own.
    /// </summary>
    public string[] NotJudged
    {
        get => _details?.NotJudged ?? Array.Empty<string>();
        internal init => Detailed.NotJudged = value;
    }

    /// <summary>
    /// Days from the check until what it found ends or should be renewed: a certificate's end, a year after the date in a DKIM selector.
    /// Negative when that is over; null where nothing ends.
    /// </summary>
    public int? DaysLeft
    {
        get => _details?.DaysLeft;
        internal init
        {
            if (value is not null) Detailed.DaysLeft = value;
        }
    }

    internal CheckDefinition Definition { get; }

    /// <summary>The failed lookup that left the check open; null where there is none.</summary>
    internal DnsResponse? Cause
    {
        get => _details?.Cause;
        init
        {
            if (value is not null) Detailed.Cause = value;
        }
    }

    private Details Detailed => _details ??= new Details();

    /// <summary>Status, id and message in one line.</summary>
    public override string ToString() => Status + " " + Id + " " + Domain + ": " + Message;

    private sealed class Details
    {
        public string? Expected { get; init; }

        public string? Actual { get; init; }

        public string Recommendation { get; init; } = string.Empty;

        public ResourceRecord[] Record { get; init; } = Array.Empty<ResourceRecord>();

        public string? File { get; set; }

        public int? Line { get; set; }

        public string[] NotJudged { get; set; } = Array.Empty<string>();

        public int? DaysLeft { get; set; }

        public DnsResponse? Cause { get; set; }
    }
}
