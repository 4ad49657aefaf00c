using System.IO;
using MailDns.Adapters;
using MailDns.Commands;
using MailDns.Diagnostics;
using MailDns.Https;
using MailDns.Text;

namespace MailDns.Bimi;

/// <summary>What Test-BimiLogo does with one input: get the bytes, judge them, convert them.</summary>
internal sealed class LogoTest(
    TestBimiLogoCommand cmdlet,
    Func<IHttpsFetcher> fetcher,
    Func<Func<CancellationToken, Task<HttpsResponse>>, HttpsResponse> await,
    Action<CmdletMessage> say)
{
    private readonly TestBimiLogoCommand _cmdlet = cmdlet;
    private readonly Func<IHttpsFetcher> _fetcher = fetcher;
    private readonly Func<Func<CancellationToken, Task<HttpsResponse>>, HttpsResponse> _await = await;
    private readonly Action<CmdletMessage> _say = say;
    private MarkCertificateTest? _certificate;

    public void Run()
    {
        if (_cmdlet.Convert.IsPresent != (_cmdlet.OutputPath is not null))
            Refuse("-Convert and -OutputPath are used together.");

        if (_cmdlet.CertificatePath is null && (_cmdlet.RootCertificatePath.Length > 0 || _cmdlet.Domain is not null))
            Refuse("-RootCertificatePath and -Domain belong to -CertificatePath.");

        if (_cmdlet.Uri is null && _cmdlet.Path.Length + _cmdlet.LiteralPath.Length == 0 && _cmdlet.CertificatePath is null)
            Refuse("Give a logo (-Path or -Uri) or a mark certificate (-CertificatePath).");

        _certificate = _cmdlet.CertificatePath is null ? null : MarkCertificateTest.LoadOrStop(_cmdlet);
        if (_cmdlet.Uri is null && _cmdlet.Path.Length + _cmdlet.LiteralPath.Length == 0)
        {
            RunCertificate();
            return;
        }

        if (_cmdlet.Uri is null)
        {
            RunFiles();
            return;
        }

        if (!_cmdlet.IncludeHttps) Refuse("-Uri is fetched over HTTPS: specify -IncludeHttps to allow it.");

        RunUri(_cmdlet.Uri);
    }

    private void RunFiles()
    {
        foreach (string path in _cmdlet.Path.Concat(_cmdlet.LiteralPath))
        {
            try
            {
                foreach (string file in Resolve(path))
                    Finish(file, LogoFile.Read(file));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SessionStateException or ArgumentException or NotSupportedException)
            {
                _cmdlet.WriteError(ErrorRecords.From(exception, path));
            }
        }
    }

    private IReadOnlyCollection<string> Resolve(string path) => FilePaths.Resolve(_cmdlet, path, isLiteral: _cmdlet.LiteralPath.Length > 0);

    private void RunUri(Uri uri)
    {
        var request = new HttpsRequest(uri)
        {
            MaxBytes = SvgReader.MaxBytes,
            Timeout = TimeSpan.FromSeconds(_cmdlet.TimeoutSec),
            MaxRedirects = BimiLogoReader.MaxRedirects,
            AllowPrivateAddress = _cmdlet.AllowPrivateAddress,
        };
        HttpsResponse response = _await(token => _fetcher().FetchAsync(request, token));
        string source = PrintableText.Escape(uri.OriginalString);
        if (response.Status == HttpsStatus.Ok && _cmdlet.Convert)
        {
            Finish(source, response.Content);
            return;
        }

        SvgReading? reading = response.Status == HttpsStatus.Ok ? SvgReader.Read(response.Content) : null;
        var sheet = new CheckSheet(source);
        PublishedLogo published = BimiLogoReader.Apply(source, response, sheet);
        _cmdlet.WriteObject(new BimiLogoResult(source, reading, sheet, _certificate?.Apply(published, sheet).Certificate));
    }

    // The logo in the certificate takes the place of a file.
    private void RunCertificate()
    {
        if (_cmdlet.Convert) Refuse("-Convert converts a file: specify -Path.");

        var sheet = new CheckSheet(PrintableText.Escape(_cmdlet.CertificatePath));
        MarkCertificateReading mark = _certificate!.Apply(PublishedLogo.None("No published logo was given to compare with."), sheet);
        SvgReading? reading = mark.Logo is { } logo ? SvgReader.Read(logo) : null;
        if (reading is not null) BimiLogoReader.ApplyFile(reading, sheet);

        _cmdlet.WriteObject(new BimiLogoResult(sheet.Domain, reading, sheet, mark.Certificate));
    }

    private BimiLogoResult Judge(string source, byte[] content)
    {
        var sheet = new CheckSheet(source);
        SvgReading reading = SvgReader.Read(content);
        BimiLogoReader.ApplyFile(reading, sheet);
        return new BimiLogoResult(source, reading, sheet, _certificate?.Apply(PublishedLogo.Of(content), sheet).Certificate);
    }

    private void Finish(string source, byte[] content)
    {
        if (!_cmdlet.Convert)
        {
            _cmdlet.WriteObject(Judge(source, content));
            return;
        }

        SvgConversion conversion = SvgConverter.Convert(content, _cmdlet.Title);
        foreach (string obstacle in conversion.Obstacles)
            _say(CmdletMessage.Warning(source + " is not converted: " + obstacle));

        bool written = conversion.Content is not null && Write(conversion);
        _cmdlet.WriteObject(written ? Judge(_cmdlet.OutputPath!, conversion.Content!) : Judge(source, content));
    }

    private bool Write(SvgConversion conversion)
    {
        string target = OutputFile.Resolve(_cmdlet, _cmdlet.OutputPath!, "-OutputPath");
        if (File.Exists(target) && !_cmdlet.Force)
        {
            var exception = new IOException(target + " exists; specify -Force to overwrite it.");
            _cmdlet.WriteError(new ErrorRecord(exception, "FileExists", ErrorCategory.ResourceExists, target));
            return false;
        }

        if (!_cmdlet.ShouldProcess(target, "Write SVG Tiny PS")) return false;

        LogoFile.Write(target, conversion.Content!, _cmdlet.Force);
        foreach (string change in conversion.Changes)
            _say(CmdletMessage.Verbose(change));

        return true;
    }

    private void Refuse(string text) =>
        _cmdlet.ThrowTerminatingError(ErrorRecords.From(new ArgumentException(text), target: null));
}

/// <summary>What Test-BimiLogo does with -CertificatePath.</summary>
internal sealed class MarkCertificateTest
{
    private readonly byte[] _file;
    private readonly MarkCertificateTarget? _target;
    private readonly MarkCertificateTrust _trust;

    private MarkCertificateTest(byte[] file, MarkCertificateTarget? target, MarkCertificateTrust trust)
    {
        _file = file;
        _target = target;
        _trust = trust;
    }

    /// <summary>Reads the files; what is wrong with them, or with the domain, ends the cmdlet.</summary>
    public static MarkCertificateTest LoadOrStop(TestBimiLogoCommand cmdlet) => new(
        MarkCertificateFiles.ReadOrStop(cmdlet, cmdlet.CertificatePath!),
        cmdlet.Domain is { } domain ? TargetOrStop(cmdlet, domain) : null,
        MarkCertificateFiles.LoadTrustOrStop(cmdlet, cmdlet.RootCertificatePath).Value);

    /// <summary>Adds the checks of the certificate to the sheet.</summary>
    public MarkCertificateReading Apply(PublishedLogo published, CheckSheet sheet)
    {
        sheet.Pass(MarkCertificateChecks.Fetch, "The file was read.");
        sheet.NotApplicable(MarkCertificateChecks.Redirect, "The file came from no server.");
        return MarkCertificateRules.Apply(_file, _target, published, _trust, sheet);
    }

    // Without DNS nobody knows the Organizational Domain.
    private static MarkCertificateTarget TargetOrStop(TestBimiLogoCommand cmdlet, string domain)
    {
        try
        {
            var name = DomainName.Parse(domain);
            BimiSelector.NameOf(cmdlet.Selector, name);
            return new MarkCertificateTarget(name, cmdlet.Selector, organization: null, isOrganizationKnown: false);
        }
        catch (System.ArgumentException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, domain));
            throw;
        }
        catch (DomainNameException exception)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, domain));
            throw;
        }
    }
}
