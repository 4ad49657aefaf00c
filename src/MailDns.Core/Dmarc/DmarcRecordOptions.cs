using System;
using System.Collections.Generic;

namespace MailDns.Dmarc;

/// <summary>What a new DMARC record is to say; the defaults are those of New-DmarcRecord.</summary>
internal sealed class DmarcRecordOptions
{
    public DmarcPolicy Policy { get; init; }

    public DmarcPolicy? SubdomainPolicy { get; init; }

    public DmarcPolicy? NonexistentSubdomainPolicy { get; init; }

    /// <summary>URIs or bare addresses.</summary>
    public IReadOnlyList<string> AggregateReportUri { get; init; } = Array.Empty<string>();

    /// <summary>URIs or bare addresses.</summary>
    public IReadOnlyList<string> FailureReportUri { get; init; } = Array.Empty<string>();

    public DmarcAlignmentMode DkimAlignment { get; init; }

    public DmarcAlignmentMode SpfAlignment { get; init; }

    public IReadOnlyList<DmarcFailureOption> FailureOption { get; init; } = Array.Empty<DmarcFailureOption>();

    public bool Testing { get; init; }

    public bool PublicSuffix { get; init; }

    /// <summary>True to write sp and np even where they say what p says.</summary>
    public bool SpellOutPolicies { get; init; }

    /// <summary>True when no rua is wanted on purpose.</summary>
    public bool NoReport { get; init; }
}
