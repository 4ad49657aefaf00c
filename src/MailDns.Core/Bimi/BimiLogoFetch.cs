using System;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Diagnostics;
using MailDns.Https;

namespace MailDns.Bimi;

/// <summary>How the logo of a record is fetched.</summary>
internal sealed class BimiLogoFetch
{
    private readonly IHttpsFetcher _fetcher;
    private readonly bool _allowPrivateAddress;

    public BimiLogoFetch(IHttpsFetcher fetcher, bool allowPrivateAddress)
    {
        _fetcher = fetcher;
        _allowPrivateAddress = allowPrivateAddress;
    }

    /// <summary>Adds every check of the logo to the sheet; without a usable address there is nothing to judge.</summary>
    public async Task ApplyAsync(BimiRecord? record, CheckSheet sheet, CancellationToken cancellationToken)
    {
        if (record?.LogoUri is { Length: > 0 } address && BimiUri.Problem(address) is null)
        {
            await BimiLogoReader.FetchAsync(new Uri(address, UriKind.Absolute), _allowPrivateAddress, _fetcher, sheet, cancellationToken).ConfigureAwait(false);
        }

        sheet.CompleteNotApplicable(BimiLogoChecks.All, "No BIMI record names a logo to fetch.");
    }
}
