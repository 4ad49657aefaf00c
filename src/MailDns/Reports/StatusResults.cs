namespace MailDns.Reports;

/// <summary>Every result behind a live status object, the passed ones too. Its copies have findings only.</summary>
internal static class StatusResults
{
    /// <summary>Null for a copy and for any other object.</summary>
    public static IReadOnlyList<CheckResult>? Of(object value) => value switch
    {
        SpfStatus status => status.Results,
        SenderIdStatus status => status.Results,
        DkimStatus status => status.Results,
        DomainKeysStatus status => status.Results,
        DmarcStatus status => status.Results,
        BimiStatus status => status.Results,
        TrackingStatus status => status.Results,
        BounceStatus status => status.Results,
        MxStatus status => status.Results,
        ReverseDnsStatus status => status.Results,
        MtaStsStatus status => status.Results,
        TlsRptStatus status => status.Results,
        TlsaStatus status => status.Results,
        CaaStatus status => status.Results,
        DmarcAlignment alignment => alignment.Results,
        SendingDomainStatus status => status.Results,
        MailMessageResult message => message.Results,
        _ => null,
    };
}
