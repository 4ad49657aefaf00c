using MailDns.Bimi;
using MailDns.Caa;
using MailDns.Dane;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;
using MailDns.Messages;
using MailDns.MtaSts;
using MailDns.Mx;
using MailDns.SenderId;
using MailDns.Spf;
using MailDns.TlsRpt;

namespace MailDns.Sending;

/// <summary>Every check of MailDns, area by area.</summary>
internal static class CheckCatalog
{
    /// <summary>All checks in a stable order.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } =
        new[]
        {
            DnsChecks.All,
            ServerChecks.All,
            SpfChecks.All,
            SpfChecks.Sending,
            SenderIdChecks.All,
            DkimChecks.All,
            DkimKeyChecks.All,
            DomainKeysChecks.All,
            DmarcChecks.All,
            DmarcChecks.Sending,
            BimiChecks.All,
            BimiLogoChecks.All,
            MarkCertificateChecks.All,
            MxChecks.All,
            BounceChecks.All,
            TrackingChecks.All,
            ReverseDnsChecks.All,
            ProviderChecks.All,
            AlignmentChecks.All,
            MtaStsChecks.All,
            TlsRptChecks.All,
            DaneChecks.All,
            CaaChecks.All,
            ReceiverChecks.All,
            MessageChecks.All,
        }.SelectMany(area => area).ToArray();

    /// <summary>The check with that id, in any case; null where there is none.</summary>
    public static CheckDefinition? Find(string id) =>
        All.FirstOrDefault(check => string.Equals(check.Id, id, StringComparison.OrdinalIgnoreCase));
}
