using System;
using System.Collections.Generic;

namespace MailDns.Dmarc;

/// <summary>The values of a record's tags while it is being read; they start as the defaults of RFC 9989 section 4.7.</summary>
internal sealed class DmarcValues
{
    public DmarcPolicy? Policy { get; set; }

    public DmarcPolicy? SubdomainPolicy { get; set; }

    public DmarcPolicy? NonexistentSubdomainPolicy { get; set; }

    public DmarcAlignmentMode DkimAlignment { get; set; }

    public DmarcAlignmentMode SpfAlignment { get; set; }

    public IReadOnlyList<DmarcReportUri> AggregateReportUri { get; set; } = Array.Empty<DmarcReportUri>();

    public IReadOnlyList<DmarcReportUri> FailureReportUri { get; set; } = Array.Empty<DmarcReportUri>();

    public IReadOnlyList<DmarcFailureOption> FailureOption { get; set; } = new[] { DmarcFailureOption.AllFail };

    public DmarcPublicSuffix PublicSuffix { get; set; }

    public bool Testing { get; set; }
}
