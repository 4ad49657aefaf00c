using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Publishing;

/// <summary>Plans that are larger than a message of 64 KB, and disks that fill up while one is carried out, against BIND.</summary>
public sealed class LargePlanTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const int Keys = 120;

    private const string Prepare = """
        param($server, $key, $path)
        $target = @{ UpdateServer = $server; TsigKeyPath = $key; Confirm = $false }
        function Text($zone, $name, $length) { [MailDns.TxtRecord]::new($zone, $name, 'v=DKIM1; p=' + 'A' * $length, [timespan]::FromHours(1), 'Dkim') }
        function Plan { Compare-SendingDomain -Server $server -InputObject $args[0] -WarningAction SilentlyContinue }

        """;

    [BindFact]
    public void Changes_of_more_than_one_message_are_split_and_undone()
    {
        using PrimaryServer server = Start();
        string before = server.Transfer("big.test");
        EngineResult result = Run(server, $"$wanted = @(Text 'small.test' 'a._domainkey' 300) + @(1..{Keys} | ForEach-Object {{ Text 'big.test' \"s$_._domainkey\" 1000 }}); $wanted | Compare-SendingDomain -Server $server -WarningAction SilentlyContinue | Publish-SendingDomainRecord @target -WarningAction SilentlyContinue").EnsureClean();
        Assert.Equal(Keys + 1, result.Output.Count);
        Assert.Equal(["Verified"], result.Properties<string>("Status").Distinct());
        Assert.Equal(Keys, server.Transfer("big.test").Split('\n').Count(line => line.Contains("v=DKIM1", StringComparison.Ordinal)));
        EngineResult undone = engine.Invoke(Prepare + "$path | ForEach-Object Undo | Publish-SendingDomainRecord @target -WarningAction SilentlyContinue", [server.Address, server.KeyPath, result.Output.ToArray()]).EnsureClean();
        Assert.Equal(["Verified"], undone.Properties<string>("Status").Distinct());
        Assert.Equal(before, server.Transfer("big.test"));
        Assert.DoesNotContain("DKIM1", server.Transfer("small.test"), StringComparison.Ordinal);
    }

    // What does not fit a message is refused for itself; the rest is published, and every item has its result.
    [BindFact]
    public void A_record_longer_than_a_message_is_refused_before_anything_is_written_of_it()
    {
        using PrimaryServer server = Start();
        EngineResult result = Run(server, "$wanted = @((Text 'small.test' 'a._domainkey' 300), (Text 'big.test' 'l._domainkey' 65000), (Text 'big.test' 'b._domainkey' 300)); $wanted | Compare-SendingDomain -Server $server -WarningAction SilentlyContinue | Publish-SendingDomainRecord @target -WarningAction SilentlyContinue");
        Assert.Equal(["NotPublishable"], result.ErrorIds);
        Assert.Equal(["Skipped", "Verified", "Verified"], result.Properties<string>("Status").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("l._domainkey", server.Transfer("big.test"), StringComparison.Ordinal);
    }

    // The sets of one name go together, or not at all: here they are longer than a message only together.
    [BindFact]
    public void Sets_of_one_name_that_fit_no_message_are_refused_before_anything_is_written()
    {
        using PrimaryServer server = Start();
        string big = server.Transfer("big.test");
        string small = server.Transfer("small.test");
        EngineResult result = Run(server, """
            $wanted = @(Text 'small.test' 'a._domainkey' 300) + @(Text 'big.test' 'n' 40000) + @(1..400 | ForEach-Object { [MailDns.MxRecord]::new('big.test', 'n', $_, "a-very-long-name-of-an-exchanger-$_.mail.example", [timespan]::FromHours(1), 'Mx') })
            $wanted | Compare-SendingDomain -Server $server -WarningAction SilentlyContinue | Publish-SendingDomainRecord @target -WarningAction SilentlyContinue
            """);
        Assert.False(result.Terminated);
        Assert.NotEmpty(result.Errors);
        Assert.DoesNotContain("Verified", result.Properties<string>("Status"));
        Assert.Equal(402, result.Output.Count);
        Assert.Equal(big, server.Transfer("big.test"));
        Assert.Equal(small, server.Transfer("small.test"));
    }

    // The disk has room for the first undo plan, which is written before anything is published, and none for the second beside it.
    [TmpfsFact]
    public async Task A_disk_that_fills_up_loses_neither_the_undo_plan_nor_the_results()
    {
        using PrimaryServer server = Start();
        string before = server.Transfer("big.test");
        string folder = Directory.CreateTempSubdirectory("maildns-undo-").FullName;
        try
        {
            string free = Path.Combine(folder, "free.xml");
            string script = Prepare + $"$wanted = @(1..20 | ForEach-Object {{ Text 'big.test' \"s$_._domainkey\" 200 }}); $wanted | Compare-SendingDomain -Server $server -WarningAction SilentlyContinue | Publish-SendingDomainRecord @target -UndoPath $path -WarningAction SilentlyContinue";
            EngineResult there = engine.Invoke(script, [server.Address, server.KeyPath, free]).EnsureClean();
            Assert.Equal(["Verified"], there.Properties<string>("Status").Distinct());
            Assert.Equal(20, there.Output.Count);
            _ = engine.Invoke(Prepare + "[System.Management.Automation.PSSerializer]::Deserialize([System.IO.File]::ReadAllText($path)) | Publish-SendingDomainRecord @target -WarningAction SilentlyContinue", [server.Address, server.KeyPath, free]).EnsureClean();
            Assert.Equal(before, server.Transfer("big.test"));

            long length = new FileInfo(free).Length;
            foreach ((long size, bool isWritten) in new[] { (length * 3 / 2 + 8192, true), (length / 2, false), (length * 4, true) })
            {
                string disk = Path.Combine(folder, "disk" + size.ToString(CultureInfo.InvariantCulture));
                Directory.CreateDirectory(disk);
                string copy = Path.Combine(folder, "copy" + size.ToString(CultureInfo.InvariantCulture));
                string command = $"& {{ {script.Replace("param($server, $key, $path)", $"$server = '{server.Address}'; $key = {PowerShellProcess.Quote(server.KeyPath)}; $path = {PowerShellProcess.Quote(Path.Combine(disk, "undo.xml"))}", StringComparison.Ordinal)} }} | ForEach-Object {{ \"result $($_.Status)\" }}; Copy-Item {PowerShellProcess.Quote(disk)} {PowerShellProcess.Quote(copy)} -Recurse";
                string output = await OnDiskAsync(disk, size, "Import-Module " + PowerShellProcess.Quote(Path.Combine(TestPaths.Root, "MailDns.psd1")) + "; " + command);
                Assert.True(output.Split("result ").Length == 21, output);
                string[] left = Directory.GetFiles(copy).Select(path => Path.GetFileName(path)!).ToArray();
                if (!isWritten)
                {
                    Assert.DoesNotContain("result Verified", output, StringComparison.Ordinal);
                    Assert.Empty(left);
                    Assert.Equal(before, server.Transfer("big.test"));
                    continue;
                }

                Assert.DoesNotContain("result Skipped", output, StringComparison.Ordinal);
                Assert.Equal(["undo.xml"], left);
                _ = engine.Invoke(Prepare + "[System.Management.Automation.PSSerializer]::Deserialize([System.IO.File]::ReadAllText($path)) | Publish-SendingDomainRecord @target -WarningAction SilentlyContinue", [server.Address, server.KeyPath, Path.Combine(copy, "undo.xml")]).EnsureClean();
                Assert.Equal(before, server.Transfer("big.test"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static PrimaryServer Start()
    {
        const string Zone = "$TTL 3600\n@ SOA ns h 1 3600 600 86400 3600\n@ NS ns\nns A 192.0.2.53\n";
        return PrimaryServer.Start(new Dictionary<string, string> { ["big.test"] = Zone, ["small.test"] = Zone });
    }

    private EngineResult Run(PrimaryServer server, string script) => engine.Invoke(Prepare + script, [server.Address, server.KeyPath, string.Empty]);

    // A mount of its own, which ends with the process.
    private static async Task<string> OnDiskAsync(string folder, long size, string command)
    {
        ProcessStartInfo pwsh = PowerShellProcess.Start(["-Command", command]);
        var start = new ProcessStartInfo("unshare") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (IEnumerable<string>)["-rm", "sh", "-c", "mount -t tmpfs -o size=" + size.ToString(CultureInfo.InvariantCulture) + " tmpfs \"$0\" && exec \"$@\"", folder, pwsh.FileName, .. pwsh.ArgumentList])
            start.ArgumentList.Add(word);
        foreach ((string name, string? value) in pwsh.Environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output + await error;
    }
}

/// <summary>A test against BIND that needs a small disk of its own, which Linux gives where namespaces of users are allowed.</summary>
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute()
    {
        if (!PrimaryServer.IsInstalled)
            Skip = "BIND (bind9, bind9-dnsutils) is not installed.";
        else if (!CanMount())
            Skip = "unshare -rm with a tmpfs is not allowed here.";
    }

    private static bool CanMount()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode is 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
