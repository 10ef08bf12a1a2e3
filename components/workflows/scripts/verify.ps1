<#
.SYNOPSIS
Checks files of a release: the signature of SHA256SUMS by the key of the release, then each file's checksum.

.DESCRIPTION
SHA256SUMS, its signature and the key are taken from the folder of this script, or from the release where they are missing.
Needs PowerShell 5.1 or newer, and gpg, which Gpg4win brings.

.EXAMPLE
.\verify.ps1 tool-windows-amd64.exe
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0, ValueFromRemainingArguments)]
    [string[]] $Path
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The release writes its own address and the fingerprint of its key here.
$ReleaseUrl = ""
$Fingerprint = ""

function Stop-Verification([string] $Message) {
    [Console]::Error.WriteLine("verify.ps1: $Message")
    exit 1
}

function Get-ReleaseFile([string] $Name) {
    $file = Join-Path $PSScriptRoot $Name
    if (Test-Path -LiteralPath $file) { return }
    if (-not $ReleaseUrl) { Stop-Verification "${Name}: is missing; put it beside verify.ps1" }
    try {
        Invoke-WebRequest -UseBasicParsing -Uri "$ReleaseUrl/$Name" -OutFile $file
    } catch {
        Stop-Verification "${Name}: is missing and cannot be fetched from ${ReleaseUrl}; put it beside verify.ps1"
    }
}

# What gpg says on stderr is no error by itself: its exit code decides.
function Invoke-Gpg([string[]] $Arguments) {
    $ErrorActionPreference = 'Continue'
    $output = & gpg --batch --no-autostart @Arguments 2>$null
    return [pscustomobject] @{ Code = $LASTEXITCODE; Lines = @($output | ForEach-Object { "$_" }) }
}

function Get-Signer([string] $Work) {
    $key = Join-Path $PSScriptRoot 'release-key.asc'
    $import = Invoke-Gpg @('--homedir', $Work, '--quiet', '--import', $key)
    if ($import.Code -ne 0) { Stop-Verification 'release-key.asc: is not a key; fetch it again' }

    $signature = Join-Path $PSScriptRoot 'SHA256SUMS.asc'
    $signed = Join-Path $PSScriptRoot 'SHA256SUMS'
    $check = Invoke-Gpg @('--homedir', $Work, '--status-fd', '1', '--verify', $signature, $signed)
    # The last word of VALIDSIG is the fingerprint of the primary key, whichever of its subkeys signed.
    $valid = @($check.Lines | Where-Object { $_ -match '^\[GNUPG:\] VALIDSIG .* [0-9A-F]{40,}$' })
    if ($check.Code -ne 0 -or $valid.Count -eq 0) { Stop-Verification 'SHA256SUMS: its signature is not good; do not use these files' }
    if (@($check.Lines | Where-Object { $_ -match '^\[GNUPG:\] REVKEYSIG ' }).Count -gt 0) {
        Stop-Verification 'SHA256SUMS: is signed with a key that was revoked; do not use these files'
    }
    $signer = ($valid[0] -split ' ')[-1]
    if ($Fingerprint -and $signer -cne $Fingerprint) {
        Stop-Verification "SHA256SUMS: is signed by $signer, not by ${Fingerprint}; do not use these files"
    }
    return $signer
}

function Test-ReleaseFile([string] $File) {
    if (-not (Test-Path -LiteralPath $File -PathType Leaf)) { Stop-Verification "${File}: is missing" }
    $name = Split-Path -Leaf $File
    $line = @(Get-Content -LiteralPath (Join-Path $PSScriptRoot 'SHA256SUMS') | Where-Object { $_.Length -gt 66 -and $_.Substring(66) -ceq $name })
    if ($line.Count -ne 1) { Stop-Verification "${File}: is not in SHA256SUMS" }
    $hash = (Get-FileHash -LiteralPath $File -Algorithm SHA256).Hash
    if ($hash -ne $line[0].Substring(0, 64)) { Stop-Verification "${File}: is not the file of the release; do not use it" }
    Write-Output "${File}: OK"
}

if (-not (Get-Command gpg -ErrorAction SilentlyContinue)) { Stop-Verification 'gpg is missing; install Gpg4win' }
$work = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Path $work | Out-Null
try {
    foreach ($name in 'SHA256SUMS', 'SHA256SUMS.asc', 'release-key.asc') { Get-ReleaseFile $name }
    $signer = Get-Signer $work
    foreach ($file in $Path) { Test-ReleaseFile $file }
    Write-Output "Signed by $signer"
} finally {
    Remove-Item -Recurse -Force -LiteralPath $work -ErrorAction SilentlyContinue
}
