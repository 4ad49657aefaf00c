namespace MailDns;

/// <summary>Why a receiver did something else than the DMARC policy asks (RFC 9990 section 3.1.1.8, PolicyOverrideReason).</summary>
public sealed class DmarcReportReason
{
    internal DmarcReportReason(string type, string? comment)
    {
        Type = type;
        Comment = comment;
    }

    /// <summary>local_policy, mailing_list, other, policy_test_mode, trusted_forwarder; formerly forwarded, sampled_out. An empty one is "unspecified".</summary>
    public string Type { get; }

    /// <summary>The receiver's words, e.g. arc=pass; null where there are none.</summary>
    public string? Comment { get; }

    /// <summary>Type and comment.</summary>
    public override string ToString() => Comment is null ? Type : Type + " (" + Comment + ")";
}
