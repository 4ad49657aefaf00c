using System;
using System.Globalization;
using System.Linq;
using MailDns.Dns;

namespace MailDns.Dane;

/// <summary>Makes TLSA records (RFC 6698 section 2, RFC 7672 section 3.1).</summary>
internal static class TlsaRecordBuilder
{
    /// <summary>Where mail exchangers listen.</summary>
    public const int SmtpPort = 25;

    /// <summary>The labels in front of the host's name (RFC 6698 section 3).</summary>
    public static string Labels(int port) => "_" + port.ToString(CultureInfo.InvariantCulture) + "._tcp";

    /// <summary>The record at _port._tcp.<paramref name="host"/>.</summary>
    /// <exception cref="ArgumentException">The data is not hexadecimal, or not as long as the matching type says.</exception>
    public static TlsaRecord Create(DomainName host, DomainName zone, TlsaRecordOptions options, TimeSpan timeToLive)
    {
        string data = options.Certificate?.AssociationData(options.Selector, options.MatchingType)
            ?? string.Concat((options.AssociationData ?? string.Empty).Where(c => c is not (' ' or ':' or '\t' or '\r' or '\n')));
        return TlsaProblem.Of(new TlsaData((byte)options.Usage, (byte)options.Selector, (byte)options.MatchingType, data.ToLowerInvariant())) is { } problem
            ? throw new ArgumentException("The TLSA record cannot be made: " + problem + ".", nameof(options))
            : new TlsaRecord(host.Prepend(Labels(options.Port)), zone, options.Usage, options.Selector, options.MatchingType, data, timeToLive, RecordPurpose.Tlsa);
    }
}
