using System.Net;

namespace MailDns.Smtp;

/// <summary>Whether a mail host is what it says: the name in its answer to EHLO, and the name of its address.</summary>
internal static class SmtpHostRules
{
    /// <summary>The name in the answer to EHLO has to be a host's that has the address (RFC 5321 section 4.1.1.1).</summary>
    public static async Task ApplyNameAsync(DomainName host, string shown, SmtpObservation seen, IDnsResolver resolver, CheckSheet sheet, CancellationToken cancellationToken)
    {
        if (seen.Ehlo is null)
        {
            sheet.NotApplicable(SmtpChecks.Helo, "The host does not answer EHLO.");
            return;
        }

        string name = PrintableText.Quote(seen.Name ?? string.Empty);
        if (seen.Name is null || !DomainName.TryParse(seen.Name, out DomainName? said, out _) || said!.LabelCount < 2)
        {
            bool isLiteral = seen.Name is { } text && text.StartsWith("[", StringComparison.Ordinal);
            sheet.Report(SmtpChecks.Helo.With(shown, name, isLiteral ? "is an address" : "is not a full host name"), expected: host.ToString(), actual: name);
            return;
        }

        if (said.Equals(host))
        {
            sheet.Pass(SmtpChecks.Helo);
            return;
        }

        DnsRecordType type = seen.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa;
        DnsResponse answer = await resolver.QueryAsync(said, type, cancellationToken).ConfigureAwait(false);
        IPAddress[] addresses = answer.Data<AddressData>().Select(data => data.Address).ToArray();
        if (addresses.Contains(seen.Address))
        {
            sheet.Pass(SmtpChecks.Helo);
        }
        else if (answer.IsFailure)
        {
            Leave(SmtpChecks.Helo, answer, answer.FailureText, sheet);
        }
        else
        {
            string why = addresses.Length == 0 ? "has no such address (" + answer.Describe() + ")" : "leads to " + string.Join(", ", addresses.Take(3).Select(address => address.ToString()));
            sheet.Report(SmtpChecks.Helo.With(shown, said, why), expected: seen.Address.ToString(), actual: addresses.Length == 0 ? null : string.Join(", ", addresses.Take(3).Select(address => address.ToString())));
        }
    }

    /// <summary>The name of the address, which counts where the host also sends.</summary>
    public static void ApplyReverse(string shown, ReverseDnsStatus reverse, CheckSheet sheet)
    {
        if (reverse.IsConfirmed is true)
        {
            sheet.Pass(SmtpChecks.Ptr);
        }
        else if (reverse.IsConfirmed is false)
        {
            string why = reverse.HostNames.Length == 0 ? "there is no PTR record at " + reverse.ReverseName : string.Join(", ", reverse.HostNames.Take(3)) + " does not have it";
            sheet.Report(SmtpChecks.Ptr.With(shown, why), expected: null, actual: reverse.HostNames.Length == 0 ? null : string.Join(", ", reverse.HostNames.Take(3)));
        }
        else
        {
            CheckResult open = reverse.Results.First(result => result.Status == CheckStatus.Unknown);
            Leave(SmtpChecks.Ptr, open.Cause, open.Message, sheet);
        }
    }

    // Names outside the zone files that were given are mostly another's.
    private static void Leave(CheckDefinition check, DnsResponse? cause, string message, CheckSheet sheet)
    {
        if (cause?.Status == DnsResponseStatus.OutOfZone)
            sheet.NotApplicable(check, message);
        else
            sheet.Unknown(check, message, cause: cause);
    }
}
