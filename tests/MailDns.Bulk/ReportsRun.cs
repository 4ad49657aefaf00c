using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Xml;
using MailDns.MailReports;

namespace MailDns.Bulk;

/// <summary>
/// DMARC aggregate reports through Measure-DmarcReport's reading and adding up, and through the platform's bare XmlReader, in
/// turn, each in a process of its own: rows a second of the processor's time, and peak memory.
/// </summary>
internal static class ReportsRun
{
    private static readonly string[] s_organizations = ["google.com", "Outlook.com", "Enterprise Outlook", "Yahoo", "Mimecast", "comcast.net", "GMX", "mail.ru", "fastmail.com", "zoho.com"];

    /// <summary>reports [REPORTS] [BIG-ROWS] [ROUNDS].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int reports = args.Length > 0 ? Program.Number(args[0]) : 10_000;
        int rows = args.Length > 1 ? Program.Number(args[1]) : 1_000_000;
        int rounds = args.Length > 2 ? Program.Number(args[2]) : 3;
        string folder = Directory.CreateTempSubdirectory("maildns-bulk-").FullName;
        try
        {
            string many = Path.Combine(folder, "many");
            string tenth = Path.Combine(folder, "tenth");
            string big = Path.Combine(folder, "big.xml");
            WriteMany(many, reports, 200);
            WriteMany(tenth, Math.Max(1, reports / 10), 200);
            WriteBig(big, rows);
            await CompareAsync(Count(reports) + " gzipped reports of 200 rows", many, rounds);
            await CompareAsync("a tenth of them", tenth, rounds);
            await CompareAsync("one report of " + Count(rows) + " rows", big, rounds);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>reports-run KIND PATH: xml or measure.</summary>
    public static async Task<int> RunOwnAsync(string[] args)
    {
        string[] files = Directory.Exists(args[1]) ? [.. Directory.GetFiles(args[1]).Order(StringComparer.Ordinal)] : [args[1]];
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long rows = args[0] == "xml" ? ReadBare(files) : await MeasureAsync(files);
        using var process = Process.GetCurrentProcess();
        double seconds = (process.TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {seconds} {process.PeakWorkingSet64 / 1048576.0}"));
        return 0;
    }

    private static async Task CompareAsync(string what, string path, int rounds)
    {
        Console.WriteLine(what);
        var rates = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string kind in new[] { "xml", "measure" })
        {
            var found = new List<(double Rate, double Memory)>();
            for (int round = 0; round < rounds; round++)
            {
                double[] figures = [.. (await ChildAsync("reports-run", kind, path)).Split(' ').Select(static text => double.Parse(text, CultureInfo.InvariantCulture))];
                found.Add((figures[0] / figures[1], figures[2]));
            }

            (double rate, double memory) = found.OrderBy(static one => one.Rate).ElementAt(found.Count / 2);
            rates[kind] = rate;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-8} {rate,10:N0} rows a processor second, {memory,6:N0} MB at the most"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  share of XmlReader: {rates["measure"] / rates["xml"]:P0}"));
    }

    private static async Task<string> ChildAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(ReportsRun).Assembly.Location);

        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        using Process child = Process.Start(start)!;
        string output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException(string.Join(' ', arguments) + " ended with " + child.ExitCode);
    }

    // Every node is read and every text fetched: what any reader of reports has to do at the least.
    private static long ReadBare(IEnumerable<string> files)
    {
        long rows = 0;
        long characters = 0;
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            using Stream content = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            using var reader = XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true });
            while (reader.Read())
            {
                rows += reader.NodeType == XmlNodeType.Element && reader.LocalName == "record" ? 1 : 0;
                characters += reader.NodeType == XmlNodeType.Text ? reader.Value.Length : 0;
            }
        }

        return characters > 0 ? rows : 0;
    }

    private static async Task<long> MeasureAsync(IEnumerable<string> files)
    {
        var measure = new DmarcMeasure(new DmarcMeasureOptions());
        var tally = new RowTally();
        var pending = new List<Task>();
        long rows = 0;
        var opener = new MailReportOpener(new MailReportLimit { ReportSize = 4L << 30, FileSize = 8L << 30 }, static () => throw new NotSupportedException(), DateTime.UtcNow, CancellationToken.None)
        {
            OnAggregate = () =>
            {
                tally = new RowTally();
                return tally.Add;
            },
            OnReport = report =>
            {
                rows += ((DmarcReport)report).RowCount;
                pending.Add(measure.AddAsync((DmarcReport)report, tally, CancellationToken.None));
            },
            OnError = static (member, fault) => throw new InvalidOperationException(member, fault),
        };
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            opener.Read(stream);
            await Task.WhenAll(pending);
            pending.Clear();
        }

        IReadOnlyList<DmarcSource> sources = await measure.FinishAsync(CancellationToken.None);
        return sources.Sum(static source => source.Messages) > 0 ? rows : 0;
    }

    private static void WriteMany(string folder, int count, int rows)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
        {
            string name = $"{s_organizations[i % 10].Replace(' ', '_')}!example.com!{i}.xml.gz";
            using FileStream file = File.Create(Path.Combine(folder, name));
            using var gzip = new GZipStream(file, CompressionLevel.Optimal);
            using var writer = new StreamWriter(gzip, new UTF8Encoding(false));
            Write(writer, new Random(i), s_organizations[i % 10], i, 1_704_067_200 + (i / 10 * 86_400L), rows);
        }
    }

    private static void WriteBig(string path, int rows)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        Write(writer, new Random(1), "google.com", 1, 1_704_067_200, rows);
    }

    // As the large receivers write: indented, one element a line.
    private static void Write(TextWriter writer, Random random, string organization, int id, long begin, int rows)
    {
        writer.Write($"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<feedback>\n  <report_metadata>\n    <org_name>{organization}</org_name>\n    <email>noreply@{organization.Replace(" ", string.Empty, StringComparison.Ordinal)}</email>\n    <report_id>{id}</report_id>\n    <date_range>\n      <begin>{begin}</begin>\n      <end>{begin + 86_399}</end>\n    </date_range>\n  </report_metadata>\n  <policy_published>\n    <domain>example.com</domain>\n    <adkim>r</adkim>\n    <aspf>r</aspf>\n    <p>quarantine</p>\n    <sp>quarantine</sp>\n    <pct>100</pct>\n    <np>reject</np>\n  </policy_published>\n");
        for (int i = 0; i < rows; i++)
        {
            int network = random.Next(5000);
            bool dkim = random.NextDouble() < .8;
            bool spf = random.NextDouble() < .6;
            string source = network < 4000 ? $"{1 + (network % 223)}.{network * 7 % 256}.{network * 13 % 256}.{1 + (network % 254)}" : $"2001:db8:{network:x}::{1 + (network * 31 % 65535):x}";
            string reason = random.NextDouble() < .04 ? "        <reason>\n          <type>local_policy</type>\n          <comment>arc=pass</comment>\n        </reason>\n" : string.Empty;
            string second = random.NextDouble() < .25 ? "      <dkim>\n        <domain>esp.example</domain>\n        <result>pass</result>\n        <selector>k1</selector>\n      </dkim>\n" : string.Empty;
            writer.Write($"  <record>\n    <row>\n      <source_ip>{source}</source_ip>\n      <count>{(random.NextDouble() < .7 ? 1 : random.Next(2, 500))}</count>\n      <policy_evaluated>\n        <disposition>{(dkim || spf ? "none" : "quarantine")}</disposition>\n        <dkim>{(dkim ? "pass" : "fail")}</dkim>\n        <spf>{(spf ? "pass" : "fail")}</spf>\n{reason}      </policy_evaluated>\n    </row>\n    <identifiers>\n      <header_from>{(random.NextDouble() < .8 ? "example.com" : "news.example.com")}</header_from>\n    </identifiers>\n    <auth_results>\n      <dkim>\n        <domain>{(dkim ? "example.com" : "esp.example")}</domain>\n        <result>pass</result>\n        <selector>s{random.Next(1, 5)}</selector>\n      </dkim>\n{second}      <spf>\n        <domain>{(spf ? "example.com" : "bounce.esp.example")}</domain>\n        <result>pass</result>\n      </spf>\n    </auth_results>\n  </record>\n");
        }

        writer.Write("</feedback>\n");
    }
}
