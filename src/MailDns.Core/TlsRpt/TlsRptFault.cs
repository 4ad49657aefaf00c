namespace MailDns.TlsRpt;

/// <summary>A fault of a TLS-RPT record with its place in the text.</summary>
internal sealed class TlsRptFault
{
    public TlsRptFault(bool isReportUri, string message, int offset, int length, string rule)
    {
        IsReportUri = isReportUri;
        Message = message;
        Offset = offset;
        Length = length;
        Rule = rule;
    }

    /// <summary>True for a fault of rua and its URIs, false for one of the record's grammar.</summary>
    public bool IsReportUri { get; }

    /// <summary>In words, foreign text escaped.</summary>
    public string Message { get; }

    public int Offset { get; }

    public int Length { get; }

    public string Rule { get; }
}
