namespace MailDns.Sending;

/// <summary>What a receiver asks for, in terms of what is looked at.</summary>
internal enum ReceiverNeed
{
    /// <summary>A valid SPF record for the domain that mail is sent from: the bounce host's where one is used.</summary>
    Spf,

    /// <summary>A usable DKIM key.</summary>
    Dkim,

    /// <summary>SPF or DKIM.</summary>
    SpfOrDkim,

    /// <summary>A DMARC record that applies, of any policy.</summary>
    Dmarc,

    /// <summary>A DMARC record with an address for aggregate reports.</summary>
    DmarcReports,

    /// <summary>SPF or DKIM that aligns with the From domain and passes.</summary>
    Alignment,

    /// <summary>DKIM that aligns with the From domain.</summary>
    DkimAlignment,

    /// <summary>An MX or address record, so that replies arrive.</summary>
    MailHost,

    /// <summary>Sending addresses with names that lead back to them; shown only where the addresses are told.</summary>
    ReverseDns,

    /// <summary>What DNS cannot show.</summary>
    NotInDns,
}
