using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using MailDns.TestSupport.Corpus;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>The lines of the recipe for many machines as they are, over three sessions with an sshd on loopback, one of which is lost.</summary>
public sealed class RemotingTests(ITestOutputHelper log) : IDisposable
{
    private const int Domains = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-ssh-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SshFact]
    public async Task Three_sessions_share_the_domains_and_do_those_of_one_that_is_lost()
    {
        SendingCorpus corpus = SendingCorpus.Generate(Domains, seed: 19);
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(corpus.Zone, new LoopbackDnsServerOptions { MaxUdpPayload = 4096 });

        // some in other letters, and some twice: nothing may come twice for that
        await File.WriteAllLinesAsync(Path.Combine(_folder, "domains.txt"), corpus.Domains.Select((domain, i) => i % 7 == 0 ? domain.Name.ToUpperInvariant() + "." : domain.Name).Concat(corpus.Domains.Take(3).Select(domain => domain.Name)));
        using SshServer ssh = SshServer.Start(_folder);
        string[] blocks = [.. Regex.Matches(await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "docs", "recipes", "many-machines.md")), "^```(powershell|text)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["code"].Value)];
        string Block(string word) => Assert.Single(blocks, block => block.Contains(word, StringComparison.Ordinal));

        PowerShellResult result = await PowerShellProcess.RunCommandAsync(
            $$"""
            $ErrorActionPreference = 'Stop'
            $env:TMPDIR = {{PowerShellProcess.Quote(_folder)}}
            Import-Module {{PowerShellProcess.Quote(TestPaths.Manifest)}}
            $session = foreach ($i in 1..3) {
                New-PSSession -HostName 127.0.0.1 -Port {{ssh.Port}} -KeyFilePath {{PowerShellProcess.Quote(ssh.KeyPath)}} -Options @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }
            }

            {{Block("Compress-Archive")}}
            # what the servers of those machines' own would be
            Invoke-Command -Session $session { $global:PSDefaultParameterValues['Test-SendingDomain:Server'] = '{{server.EndPoint}}' }
            foreach ($name in 'Test-SendingDomain', 'Compare-SendingDomain') { $PSDefaultParameterValues[$name + ':Server'] = '{{server.EndPoint}}' }
            $PSDefaultParameterValues['Invoke-SharedTest:PartSize'] = 20

            {{Block("function Invoke-SharedTest")}}
            # the second session is lost in the middle of its first part, when it has given results of three domains
            Invoke-Command -Session $session[1] { $global:Sshd = (Get-Process -Id $PID).Parent.Id }
            $cut = Invoke-SharedTest -Domain (Get-Content ./domains.txt) -Session $session -WarningVariable warned -WarningAction SilentlyContinue -Test {
                param($part)
                $seen = @{}
                $part | Test-SendingDomain | Where-Object Status -notin Pass, NotApplicable | ForEach-Object {
                    $_
                    $seen[$_.Domain] = $true
                    if ($global:Sshd -and $seen.Count -eq 3) { Start-Sleep -Seconds 1; Stop-Process -Id $global:Sshd -Force }
                }
            }

            # the same once more with those that are left, as the recipe has it
            {{Block("$results | Export-SendingDomainReport").Replace("Compare-SendingDomain\n", "Compare-SendingDomain | Select-Object -First 1\n", StringComparison.Ordinal)}}
            $local = Get-Content ./domains.txt | ForEach-Object { $_.TrimEnd('.') } | Sort-Object -Unique | Test-SendingDomain | Where-Object Status -notin Pass, NotApplicable
            foreach ($name in 'local', 'cut', 'results') {
                (Get-Variable $name -ValueOnly) | ForEach-Object { "$($_.Domain) $($_.Id) $($_.Status) $($_.Message)" } | Sort-Object -CaseSensitive | Set-Content "./$name.txt"
                (Get-Variable $name -ValueOnly) | Export-SendingDomainReport -Path "./$name.json"
            }

            "warned: $($warned -join '|')"
            "states: $($session.State -join ' ')"
            "done by: $(@($cut | Group-Object RunspaceId).Count) and $(@($results | Group-Object RunspaceId).Count)"
            "view: $(($results | Where-Object Status -eq Fail | Select-Object -First 1 | Out-String).Trim() -replace '\s+', ' ')"
            "binds: $(@($results | Where-Object Record | Select-Object -First 5 | ForEach-Object Record | ConvertTo-DnsRecordText -Format Zone).Count)"
            {{Block("Remove-PSSession")}}
            """,
            _folder);

        log.WriteLine(result.Output + result.Error);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Matches("(?m)^warned: The session \\S+ with 127.0.0.1 is lost \\(.*\\)\\. Others test its [1-9][0-9]* domains\\.$", result.Output);
        Assert.Contains("states: Opened Broken Opened", result.Output, StringComparison.Ordinal);
        Assert.Contains("done by: 3 and 2", result.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^view: Domain: d[0-9]+\\.com Status Id Message ", result.Output);
        Assert.Matches("(?m)^binds: [1-9]", result.Output);

        string local = await File.ReadAllTextAsync(Path.Combine(_folder, "local.txt"));
        Assert.Equal(local, await File.ReadAllTextAsync(Path.Combine(_folder, "cut.txt")));
        Assert.Equal(local, await File.ReadAllTextAsync(Path.Combine(_folder, "results.txt")));
        string report = Checks("local.json");
        Assert.Equal(report, Checks("cut.json"));
        Assert.True(new FileInfo(Path.Combine(_folder, "report.html")).Length > 10_000);
    }

    // what a report says beside the time that it was made
    private string Checks(string file)
    {
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, file)));
        return string.Join('\n', json.RootElement.GetProperty("domains").EnumerateArray().Select(domain =>
            domain.GetProperty("domain").GetString() + "\n" + string.Join('\n', domain.GetProperty("checks").EnumerateArray().Select(check => check.GetRawText()).Order(StringComparer.Ordinal))));
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SshFactAttribute : FactAttribute
    {
        public SshFactAttribute()
        {
            if (!SshServer.IsInstalled)
                Skip = "sshd is not installed (apt-get install openssh-server).";
        }
    }

    /// <summary>An sshd on loopback with keys of its own, whose PowerShell is this project's.</summary>
    private sealed class SshServer : IDisposable
    {
        private const string Sshd = "/usr/sbin/sshd";
        private readonly Process _process;

        private SshServer(Process process, int port, string keyPath)
        {
            _process = process;
            Port = port;
            KeyPath = keyPath;
        }

        public static bool IsInstalled => File.Exists(Sshd) && File.Exists("/usr/bin/ssh") && File.Exists("/usr/bin/ssh-keygen");

        public int Port { get; }

        public string KeyPath { get; }

        public static SshServer Start(string folder)
        {
            foreach (string key in new[] { "host", "user" })
                Run("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", Path.Combine(folder, key));

            // As root it gives up its rights in an empty folder that the service makes, which is not started here.
            if (Environment.UserName == "root")
                Directory.CreateDirectory("/run/sshd");
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            string program = (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet")) + " " + PowerShellProcess.Executable;
            string config = Path.Combine(folder, "sshd_config");
            File.WriteAllText(config, $"""
                Port {port}
                ListenAddress 127.0.0.1
                HostKey {Path.Combine(folder, "host")}
                AuthorizedKeysFile {Path.Combine(folder, "user.pub")}
                PidFile none
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                UsePAM no
                StrictModes no
                PermitRootLogin prohibit-password
                SetEnv TMPDIR={folder}
                Subsystem powershell {program} -sshs -NoLogo -NoProfile

                """);
            var start = new ProcessStartInfo(Sshd) { UseShellExecute = false, RedirectStandardError = true };
            foreach (string word in new[] { "-D", "-e", "-f", config })
                start.ArgumentList.Add(word);
            Process process = Process.Start(start)!;
            while (process.StandardError.ReadLine() is { } line && !line.StartsWith("Server listening", StringComparison.Ordinal))
            {
                // what it says before it listens
            }

            _ = process.StandardError.ReadToEndAsync();
            return new SshServer(process, port, Path.Combine(folder, "user"));
        }

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(5000);
            _process.Dispose();
        }

        private static void Run(string program, params string[] words)
        {
            using var process = Process.Start(program, words);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }
}
