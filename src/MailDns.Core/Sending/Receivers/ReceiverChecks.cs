namespace MailDns.Sending;

/// <summary>What mailbox providers publish for senders of much mail: the one place that declares it. Read in 2026.</summary>
internal static class ReceiverChecks
{
    private const string FixSpf = "Publish a valid SPF record for the domain of the Return-Path: see the SPF results.";
    private const string FixDkim = "Publish the DKIM key and sign all mail with it: see the DKIM results.";
    private const string FixDmarc = "Publish a DMARC record, p=none at the least: see the DMARC results.";
    private const string FixAlignment = "Send with a bounce domain or a DKIM domain that aligns with the From domain: see Test-DmarcAlignment.";
    private const string FixPtr = "Give every sending address a PTR record whose name resolves back to the address.";
    private const string FixUnsubscribe = "Add List-Unsubscribe and List-Unsubscribe-Post header fields (RFC 8058), and a link in the text.";

    // Mail.ru's own page asks for DKIM; that it refuses mail without alignment is told by others, who quote its answers.
    private const string MailRuCopy = "https://www.suped.com/knowledge/email-deliverability/technical/what-are-mailrus-dmarc-spf-and-dkim-alignment-requirements";

    /// <summary>The receivers, in the order of the enum.</summary>
    public static IReadOnlyList<ReceiverProfile> Profiles { get; } = new[] { Gmail(), Yahoo(), Microsoft(), Apple(), LaPoste(), Gmx(), Orange(), MailRu() };

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = Profiles.SelectMany(profile => profile.Checks).ToArray();

    private static ReceiverProfile Gmail() =>
        new ReceiverProfile(MailReceiver.Gmail, "Gmail", "5,000 or more messages a day", "https://support.google.com/a/answer/81126")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for Gmail", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for Gmail", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "DMARC for Gmail, of any policy", FixDmarc)
            .Requires("ALIGN", ReceiverNeed.Alignment, "The From domain aligns with SPF or DKIM for Gmail", FixAlignment)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have matching forward and reverse DNS", FixPtr)
            .AlsoAsks("TLS", "Mail is sent over TLS", "Let the sending server use STARTTLS.")
            .AlsoAsks("SPAM-RATE", "The spam rate in Postmaster Tools stays below 0.1 %, and never reaches 0.3 %", "Watch the rate in Google's Postmaster Tools.")
            .AlsoAsks("UNSUBSCRIBE", "Marketing mail has one-click unsubscribe", FixUnsubscribe)
            .AlsoAsks("FORMAT", "Messages follow RFC 5322 and do not pose as Gmail", "Check the header fields of a message as received.");

    private static ReceiverProfile Yahoo() =>
        new ReceiverProfile(MailReceiver.Yahoo, "Yahoo", "bulk senders, no number named", "https://senders.yahooinc.com/best-practices/")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for Yahoo", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for Yahoo, 1024 bits or more", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "DMARC for Yahoo, of any policy", FixDmarc)
            .Requires("ALIGN", ReceiverNeed.Alignment, "The From domain aligns with SPF or DKIM for Yahoo", FixAlignment)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have matching forward and reverse DNS", FixPtr)
            .AlsoAsks("SPAM-RATE", "The spam rate stays below 0.3 %", "Join the Complaint Feedback Loop.")
            .AlsoAsks("UNSUBSCRIBE", "Marketing mail has one-click unsubscribe, honoured within two days", FixUnsubscribe)
            .AlsoAsks("FORMAT", "Messages follow RFC 5321 and RFC 5322", "Check the header fields of a message as received.");

    private static ReceiverProfile Microsoft() =>
        new ReceiverProfile(MailReceiver.Microsoft, "Outlook.com", "more than 5,000 messages a day; else 550 5.7.515", "https://sendersupport.olc.protection.outlook.com/pm/policies")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for Outlook.com", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for Outlook.com", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "DMARC for Outlook.com, of any policy", FixDmarc)
            .Requires("ALIGN", ReceiverNeed.Alignment, "The From domain aligns with SPF or DKIM for Outlook.com", FixAlignment)
            .AlsoAsks("FROM", "From and Reply-To addresses are valid and can receive replies", "Use a mailbox that somebody reads.")
            .AlsoAsks("UNSUBSCRIBE", "Mail has a working way to unsubscribe", FixUnsubscribe)
            .AlsoAsks("HYGIENE", "Invalid addresses are removed, and recipients have agreed", "Act on bounces and complaints.");

    private static ReceiverProfile Apple() =>
        new ReceiverProfile(MailReceiver.Apple, "iCloud Mail", "bulk senders, no number named", "https://support.apple.com/102322")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for iCloud Mail", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for iCloud Mail", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "A DMARC policy for iCloud Mail", FixDmarc)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have reverse DNS with the sender's domain", FixPtr)
            .AlsoAsks("CONSENT", "Recipients have subscribed explicitly", "Send to nobody who did not ask for it.")
            .AlsoAsks("UNSUBSCRIBE", "Mail has a link that unsubscribes at once", FixUnsubscribe)
            .AlsoAsks("FORMAT", "Messages follow RFC 5322, with one From name and address for the brand", "Check the header fields of a message as received.");

    private static ReceiverProfile LaPoste() =>
        new ReceiverProfile(
            MailReceiver.LaPoste,
            "laposte.net",
            "all senders",
            "https://postmaster.laposte.net/contents/quelles-sont-les-specifications-techniques-a-respecter-pour-emettre-des-emails-vers-laposte-net")
            .Requires("AUTH", ReceiverNeed.SpfOrDkim, "SPF or DKIM for laposte.net", FixSpf)
            .Requires("SPF", ReceiverNeed.Spf, "SPF for laposte.net: an invalid record is refused", FixSpf)
            .Advises("DKIM", ReceiverNeed.Dkim, "DKIM for laposte.net", FixDkim)
            .Requires("DMARC", ReceiverNeed.DmarcReports, "DMARC for laposte.net, with an address for reports (rua)", FixDmarc)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending servers have valid and consistent reverse DNS", FixPtr);

    private static ReceiverProfile Gmx() =>
        new ReceiverProfile(MailReceiver.Gmx, "GMX and WEB.DE", "all senders", "https://postmaster.web.de/en/requirements-and-recommendations")
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for GMX and WEB.DE", FixDkim)
            .Requires("DKIM-ALIGN", ReceiverNeed.DkimAlignment, "The DKIM domain aligns with the From domain for GMX and WEB.DE", FixAlignment)
            .Requires("REPLY", ReceiverNeed.MailHost, "The domain has MX or address records for GMX and WEB.DE", "Publish MX records, so that replies arrive.")
            .Advises("SPF", ReceiverNeed.Spf, "SPF for GMX and WEB.DE", FixSpf)
            .Advises("DMARC", ReceiverNeed.Dmarc, "DMARC for GMX and WEB.DE", FixDmarc)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have reverse DNS of their own for GMX and WEB.DE", FixPtr)
            .AlsoAsks("UNSUBSCRIBE", "Bulk mail has one-click unsubscribe and recipients have agreed", FixUnsubscribe);

    private static ReceiverProfile Orange() =>
        new ReceiverProfile(MailReceiver.Orange, "Orange", "all senders", "https://postmaster.orange.fr")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for Orange", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for Orange", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "DMARC for Orange", FixDmarc)
            .Requires("ALIGN", ReceiverNeed.Alignment, "DMARC passes for Orange: the From domain aligns with SPF or DKIM", FixAlignment)
            .Requires("HOST", ReceiverNeed.MailHost, "The domain has MX or address records for Orange", "Publish MX records, so that replies arrive.")
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have valid reverse DNS for Orange", FixPtr)
            .AlsoAsks("HELO", "The server greets with a valid, fully qualified name (HELO or EHLO)", "Let the server greet with a name that resolves to its address.")
            .AlsoAsks("BLOCKLIST", "The addresses and the domain are on no blocklist that Orange uses", "Look both up at Abusix, Spamhaus and Cloudmark.")
            .AlsoAsks("TLS", "Mail is sent over TLS, 1.2 or newer (recommended)", "Let the sending server use STARTTLS.")
            .AlsoAsks("LARGE", "Senders of more than 1,000 messages a day take part in Signal Spam and keep complaints low", "Join the feedback loop of Signal Spam.");

    private static ReceiverProfile MailRu() =>
        new ReceiverProfile(MailReceiver.MailRu, "Mail.ru", "bulk senders, no number named", "https://help.mail.ru/enmail-help/rules/general")
            .Requires("AUTH", ReceiverNeed.SpfOrDkim, "SPF or DKIM for Mail.ru", FixSpf, MailRuCopy)
            .Requires("ALIGN", ReceiverNeed.Alignment, "The From domain aligns with SPF or DKIM for Mail.ru", FixAlignment, MailRuCopy)
            .Advises("DKIM", ReceiverNeed.Dkim, "DKIM for Mail.ru, 1024 bits or more", FixDkim)
            .AlsoAsks("CONSENT", "Recipients have subscribed themselves, and their addresses were confirmed", "Send to nobody who did not ask for it.")
            .AlsoAsks("UNSUBSCRIBE", "Every mail says how to unsubscribe, and doing so takes one click", FixUnsubscribe);
}
